//! What comes of the example feeds: products with everything the feed says, and a problem for each bad row.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

mod common;

use common::{euros, example, problems, product, read};
use vitrine_catalog::{Availability, Expected, FeedError, Language, Product};

fn attributes(product: &Product) -> Vec<(&str, &str)> {
    product.attributes.iter().map(|attribute| (attribute.key.as_str(), attribute.value.get(Language::En))).collect()
}

#[test]
fn shopify_products_keep_variants_prices_and_properties() -> Result<(), FeedError> {
    let batch = read(&example("shopify.json"), usize::MAX, euros("shopify.json"))?;
    assert_eq!(batch.products.len(), 2);
    let jacket = product(&batch, "harbour-rain-jacket");
    assert_eq!(jacket.description.en, "A light shell for wet mornings & evenings.\n\n• Taped seams\n• Two-way zip");
    assert_eq!((jacket.price.minor, jacket.compare_at.map(|money| money.minor)), (12_900, Some(15_900)));
    assert_eq!(
        attributes(jacket),
        [
            ("tag", "outdoor"),
            ("material", "Recycled nylon"),
            ("season", "autumn"),
            ("colour", "Moss"),
            ("colour", "Ink")
        ]
    );
    let variants: Vec<_> = jacket
        .variants
        .iter()
        .map(|variant| {
            (
                variant.sku.as_str(),
                variant.options["size"].as_str(),
                variant.price.map(|money| money.minor),
                variant.availability.is_buyable(),
            )
        })
        .collect();
    assert_eq!(
        variants,
        [("HRJ-MO-S", "S", None, true), ("HRJ-MO-M", "M", None, false), ("3", "S", Some(13_900), true)]
    );
    assert_eq!((jacket.pictures[0].width, jacket.pictures[0].alt.en.as_str()), (Some(1200), "Harbour jacket in moss"));
    let cap = product(&batch, "wool-cap");
    assert!(cap.variants.is_empty(), "a product without options is itself what is bought");
    assert_eq!(
        problems(&batch),
        [
            (3, "odd-socks", "variants.price", "soon"),
            (4, "poster", "images.src", "javascript:alert(1)"),
            (5, "-", "", "\"not a product\""),
            (6, "wool-cap", "id", "wool-cap"),
        ]
    );
    Ok(())
}

#[test]
fn rows_of_a_shopify_export_become_one_product() -> Result<(), FeedError> {
    let batch = read(&example("shopify-export.csv"), usize::MAX, euros("shopify-export.csv"))?;
    let shirt = product(&batch, "linen-shirt");
    assert_eq!((shirt.variants.len(), shirt.pictures.len()), (2, 3));
    assert_eq!(shirt.availability, Availability::InStock { units: Some(4) });
    assert_eq!(shirt.description.en, "Loose linen, washed once.");
    assert_eq!(attributes(shirt), [("tag", "linen"), ("tag", "summer")]);
    let mug = product(&batch, "mug");
    assert!(mug.availability.is_buyable(), "units that nobody counts do not make it sold out");
    assert_eq!((mug.price.minor, mug.compare_at.map(|money| money.minor)), (1450, Some(1800)));
    assert_eq!(mug.description.en, "Holds \"a lot\".");
    assert_eq!(problems(&batch), [(6, "old-shirt", "Status", "archived")], "counted by lines, not by records");
    Ok(())
}

#[test]
fn google_rows_of_a_group_become_variants_though_another_stands_between() -> Result<(), FeedError> {
    let batch = read(&example("google.tsv"), usize::MAX, euros("google.tsv"))?;
    let ids: Vec<_> = batch.products.iter().map(|product| product.id.as_str()).collect();
    assert_eq!(ids, ["D-1", "B-7"], "in the feed's order");
    let dress = product(&batch, "D-1");
    assert_eq!((dress.price.minor, dress.compare_at.map(|money| money.minor)), (9500, Some(11_900)));
    assert_eq!(dress.category.iter().map(|step| step.key.as_str()).collect::<Vec<_>>(), ["women", "dresses"]);
    assert_eq!(dress.variants[1].sku.as_str(), "D-1-M");
    assert_eq!(dress.variants[1].availability, Availability::OutOfStock);
    assert_eq!((dress.pictures.len(), attributes(dress)), (3, vec![("colour", "Sage")]));
    let bag = product(&batch, "B-7");
    assert_eq!((bag.price.minor, bag.availability), (4500, Availability::Preorder));
    assert_eq!(problems(&batch), [(5, "X-1", "price", ""), (6, "X-2", "availability", "perhaps")]);
    Ok(())
}

#[test]
fn google_xml_with_cdata_references_and_nested_elements() -> Result<(), FeedError> {
    let mut options = euros("google.xml");
    options.currency = None;
    let batch = read(&example("google.xml"), usize::MAX, options)?;
    let mill = product(&batch, "MILL");
    assert_eq!(mill.title.en, "Salt & Pepper");
    assert_eq!(mill.description.en, "Oak, oiled.\n\nGrinds fine & coarse.");
    assert_eq!(mill.link.as_deref(), Some("https://shop.example.com/mill?a=1&b=2"));
    assert_eq!(mill.price.minor, 3990, "the price of its shipping is another");
    assert_eq!(product(&batch, "TOWEL").title.en, "Towel – linen");
    assert_eq!(problems(&batch), [(21, "BOARD", "g:price", "29.90")]);
    assert_eq!(batch.problems[0].expected, Expected::Currency);
    Ok(())
}

#[test]
fn a_chinese_table_with_semicolons() -> Result<(), FeedError> {
    let mut options = euros("table.csv");
    options.language = Language::Zh;
    options.currency = vitrine_catalog::Currency::new("CNY").ok();
    let batch = read(&example("table.csv"), usize::MAX, options)?;
    let dress = product(&batch, "A1");
    assert_eq!(
        (dress.title.zh.as_str(), dress.price.minor, dress.price.currency.code()),
        ("红色连衣裙", 29_900, "CNY")
    );
    assert_eq!(dress.compare_at.map(|money| money.minor), Some(39_900));
    assert_eq!(dress.category[1].key.as_str(), "连衣裙");
    assert_eq!(product(&batch, "A2").availability, Availability::OutOfStock);
    assert_eq!(problems(&batch), [(5, "A3", "价格", "面议"), (6, "-", "#10", "多余")]);
    assert_eq!(
        batch.problems[0].sentence(Language::Zh),
        "第 5 行，商品 A3：价格 为“面议”，应为价格，例如 1299.00 CNY。"
    );
    Ok(())
}

#[test]
fn how_a_product_is_sold_is_no_category() -> Result<(), FeedError> {
    let feed = "ID,Type,SKU,Name,Published,In stock?,Regular price,Categories\n\
        1,simple,TEE,Tee,1,1,29.00,Clothing > Tees\n\
        2,\"simple, downloadable, virtual\",CUT,Pattern,1,1,9.00,Patterns\n\
        3,Variable,CAP,Cap,1,1,19.00,\n\
        4,Simple pleasures,TEA,Tea,1,1,5.00,Food\n";
    let batch = read(feed.as_bytes(), usize::MAX, euros("woocommerce.csv"))?;
    let keys = |id: &str| {
        let product = batch.products.iter().find(|product| product.title.en == id).expect(id);
        product.category.iter().map(|step| step.key.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(keys("Tee"), ["clothing", "tees"]);
    assert_eq!(keys("Pattern"), ["patterns"]);
    assert_eq!(keys("Cap"), Vec::<&str>::new());
    assert_eq!(keys("Tea"), ["simple-pleasures"], "what is no form of sale is what the thing is");
    Ok(())
}

#[test]
fn a_currency_is_assumed_only_where_the_feed_names_none() -> Result<(), FeedError> {
    let assumed = |feed: &str, name: &str| {
        read(feed.as_bytes(), 9, euros(name)).map(|batch| (batch.products.len(), batch.currency_assumed))
    };
    assert_eq!(assumed("id,title,price\na,A,29.00 EUR\nb,B,$5\n", "named.csv")?, (2, false));
    assert_eq!(assumed("id,title,price,currency\na,A,29.00,CHF\n", "column.csv")?, (1, false));
    assert_eq!(assumed("id,title,price\na,A,29.00 EUR\nb,B,29.00\n", "one.csv")?, (2, true));
    assert_eq!(assumed("id,title,price\na,A,29.00 EUR\n,,7\n", "refused.csv")?, (1, false), "only of products");
    assert_eq!(assumed("id,title,price,sale price\na,A,10.-,8.-\n", "swiss.csv")?, (1, true));
    let shopify = |price: &str| {
        format!(r#"{{ "products": [{{"id":1,"handle":"a","title":"A","variants":[{{"id":2,"price":{price}}}]}}]}}"#)
    };
    assert_eq!(assumed(&shopify(r#""29.00""#), "products.json")?, (1, true));
    assert_eq!(assumed(&shopify("29"), "products.json")?, (1, true));
    assert_eq!(assumed(&shopify(r#""29.00 CHF""#), "products.json")?, (1, false));
    Ok(())
}

#[test]
fn json_lines_hold_products_of_ours_or_plain_fields() -> Result<(), FeedError> {
    let batch = read(&example("fields.jsonl"), usize::MAX, euros("fields.jsonl"))?;
    assert_eq!(product(&batch, "k1").pictures.len(), 2);
    assert_eq!(product(&batch, "k2").title.zh, "锅");
    assert_eq!(product(&batch, "wooden-spoon").price.minor, 450);
    assert_eq!(batch.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3, 4]);
    assert!(batch.problems[0].found.contains("many"), "{}", batch.problems[0].found);
    Ok(())
}

#[test]
fn rows_of_one_product_that_lie_too_far_apart_are_told() -> Result<(), FeedError> {
    let mut feed = String::from("id,item_group_id,title,price\n");
    feed.push_str("a-1,a,First,5\n");
    (0..10_001).for_each(|n| feed.push_str(&format!("x{n},,Other {n},5\n")));
    feed.push_str("a-2,a,First,5\n");
    let batch = read(feed.as_bytes(), 1 << 16, euros("far.csv"))?;
    assert_eq!(batch.products.len(), 10_002);
    assert_eq!(problems(&batch), [(10_004, "a", "id", "a")]);
    assert_eq!(batch.problems[0].expected, Expected::Together);
    Ok(())
}

#[test]
fn a_file_that_is_no_feed_says_what_to_do() {
    let error = |feed: &[u8], name: &str| read(feed, 7, euros(name)).expect_err(name).to_string();
    assert!(error(b"", "empty.csv").contains("empty"));
    assert!(error(b"PK\x03\x04rest", "products.xlsx").contains("CSV in UTF-8"));
    assert!(error(b"\xff\xfei\0d\0", "utf16.csv").contains("UTF-8"));
    assert!(error(b"colour,size\nred,M\n", "other.csv").contains("no column for the title; it has: colour, size"));
    assert!(error(b"{\"items\": []}\n", "other.json").contains("products"));
    assert!(error(b"{\"products\": [{\"title\": \"cut", "cut.json").contains("does not end"));
    assert!(error(b"<rss><channel><item><g:id>1</g:id>", "cut.xml").contains("does not end"));
    assert!(error(b"<html><body>Not found</body></html>", "page.html").contains("no <item>"));
    assert!(error(b"title,price\nTee,free\n", "none.csv").contains("None of the 1 rows"));
    assert!(error(b"title,price\nTee,free\n", "none.csv").contains("price is “free”"));
}

#[test]
fn an_item_that_is_no_xml_spoils_no_other() -> Result<(), FeedError> {
    let item = |id: &str, text: &str| {
        format!(
            "<item><g:id>{id}</g:id><g:title>{id}</g:title><g:price>5 EUR</g:price><description>{text}</description></item>\n"
        )
    };
    let feed = format!(
        "<rss>\n{}{}{}<!-- {} -->{}</rss>",
        item("a", "fine"),
        item("b", "one<br>two"),
        item("c", "a < b"),
        item("old", "left out"),
        item("d", "fine")
    );
    let batch = read(feed.as_bytes(), 9, euros("feed.xml"))?;
    let ids: Vec<_> = batch.products.iter().map(|product| product.id.as_str()).collect();
    assert_eq!(ids, ["a", "d"]);
    assert_eq!(
        batch.problems.iter().map(|problem| (problem.line, problem.expected)).collect::<Vec<_>>(),
        [(3, Expected::Xml), (4, Expected::Xml)]
    );
    Ok(())
}

#[test]
fn pages_of_a_shop_one_after_the_other_are_all_read() -> Result<(), FeedError> {
    let page = |id: &str| {
        format!("{{\"products\":[{{\"handle\":\"{id}\",\"title\":\"{id}\",\"variants\":[{{\"price\":\"5.00\"}}]}}]}}")
    };
    for between in ["", "\n"] {
        let feed = format!("{}{between}{}", page("a"), page("b"));
        assert_eq!(read(feed.as_bytes(), 7, euros("products.json"))?.products.len(), 2, "{between:?}");
    }
    Ok(())
}

#[test]
fn a_quotation_mark_in_a_tab_separated_title_is_an_inch() -> Result<(), FeedError> {
    let feed = "id\ttitle\tprice\n1\t\"Best\" tee\t5 EUR\n2\t\"Quoted \"\"whole\"\"\"\t6 EUR\n3\t\"Open\t7 EUR\n4\tScreen 24\"\t8 EUR\n";
    let batch = read(feed.as_bytes(), usize::MAX, euros("feed.tsv"))?;
    let titles: Vec<_> = batch.products.iter().map(|product| product.title.en.as_str()).collect();
    assert_eq!(titles, ["\"Best\" tee", "Quoted \"whole\"", "\"Open", "Screen 24\""]);
    Ok(())
}

#[test]
fn addresses_may_hold_commas_lack_a_scheme_and_are_never_scripts() -> Result<(), FeedError> {
    let feed = "id\ttitle\tprice\timage_link\tadditional_image_link\tlink\n\
        1\tA\t5 EUR\tcdn.example.com/a.jpg\thttps://c.example.com/w_300,h_300/b.jpg,https://c.example.com/c.jpg\twww.example.com/a\n\
        2\tB\t5 EUR\t\t\tjavascript:alert(1)\n3\tC\t5 EUR\tn\t\t\n";
    let batch = read(feed.as_bytes(), usize::MAX, euros("feed.tsv"))?;
    let a = product(&batch, "1");
    let pictures: Vec<_> = a.pictures.iter().map(|picture| picture.url.as_str()).collect();
    assert_eq!(
        pictures,
        ["https://cdn.example.com/a.jpg", "https://c.example.com/w_300,h_300/b.jpg", "https://c.example.com/c.jpg"]
    );
    assert_eq!(a.link.as_deref(), Some("https://www.example.com/a"));
    assert_eq!(problems(&batch), [(3, "2", "link", "javascript:alert(1)"), (4, "3", "image_link", "n")]);
    let own = r#"{"id":"x","title":{"en":"X"},"price":{"minor":500,"currency":"EUR"},"availability":{"state":"in_stock"},"link":"javascript:alert(1)"}"#;
    let error = read(own.as_bytes(), usize::MAX, euros("own.jsonl")).expect_err("it is no address").to_string();
    assert!(error.contains("link is “javascript:alert(1)”"), "{error}");
    Ok(())
}

#[test]
fn what_is_not_on_sale_is_refused_and_what_is_sold_on_is_not_sold_out() -> Result<(), FeedError> {
    let feed = "Handle,Title,Variant Price,Variant Inventory Qty,Variant Inventory Policy,Published,Status\n\
        a,A,5,0,continue,true,active\nb,B,5,0,deny,true,active\nc,C,5,1,deny,-1,active\nd,D,5,1,deny,true,inactive\n";
    let batch = read(feed.as_bytes(), usize::MAX, euros("export.csv"))?;
    assert_eq!(product(&batch, "a").availability, Availability::Backorder);
    assert_eq!(product(&batch, "b").availability, Availability::OutOfStock);
    assert_eq!(problems(&batch), [(4, "c", "Published", "-1"), (5, "d", "Status", "inactive")]);
    Ok(())
}

#[test]
fn blank_lines_and_a_separator_line_may_stand_before_the_header() -> Result<(), FeedError> {
    for start in ["\n\r\n", "sep=;\r\n"] {
        let batch = read(format!("{start}id;title;price\n1;A;5\n").as_bytes(), usize::MAX, euros("table.csv"))?;
        assert_eq!(batch.products.len(), 1, "{start:?}");
    }
    Ok(())
}

#[test]
fn what_would_take_quadratic_time_is_read_at_once() -> Result<(), FeedError> {
    // Each of these took from seconds to minutes where time grew with the square of the length.
    let tags = "<a ".repeat(100_000);
    let batch = read(format!("id,title,price,description\n1,A,5,\"{tags}\"\n").as_bytes(), 1 << 16, euros("a.csv"))?;
    assert_eq!(batch.products.len(), 1);
    let mut rows = String::from("id,item_group_id,title,price,size\n");
    (0..40_000).for_each(|n| rows.push_str(&format!("v{n},g,A,5,{n}\n")));
    assert_eq!(read(rows.as_bytes(), 1 << 16, euros("b.csv"))?.products[0].variants.len(), 40_000);
    let broken = "<item><g:id>1</g:id><d>a<br></d></item>".repeat(20_000);
    let text = format!("<rss>{broken}<item><g:id>2</g:id><g:title>B</g:title><g:price>5</g:price></item></rss>");
    assert_eq!(read(text.as_bytes(), 1 << 12, euros("c.xml"))?.problems.len(), 20_000);
    Ok(())
}
