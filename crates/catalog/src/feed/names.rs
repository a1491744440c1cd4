//! What the columns of a feed mean, by their names in English and Chinese.

use crate::Language;

/// The meaning of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    /// What the rows of one product share.
    Group,
    Sku,
    Title(Option<Language>),
    Description(Option<Language>),
    Brand,
    /// A path; of several columns the one of the highest rank counts.
    Category(u8),
    Price,
    /// What is asked instead of the price.
    SalePrice,
    /// When that holds.
    SaleDates,
    /// The price before a reduction.
    CompareAt,
    Currency,
    Availability,
    Units,
    /// Who counts the units; nobody if empty.
    Counter,
    /// Whether it is sold on when there are no units: `continue`.
    Policy,
    Picture,
    Pictures,
    PictureAlt,
    Link,
    Tags,
    Status,
    Published,
    OptionName(u8),
    OptionValue(u8),
    /// A choice that makes variants, such as `size`.
    Choice(&'static str),
    /// A property, such as `material`.
    Property(&'static str),
    Unknown,
}

/// A column's name in the form in which names are compared: `g:Product Type` is `product_type`.
pub(super) fn normal(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let name = name.strip_prefix("g:").or_else(|| name.strip_prefix("c:")).unwrap_or(name);
    let mut normal = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            normal.push(c);
        } else if !normal.ends_with('_') {
            normal.push('_');
        }
    }
    normal.trim_matches('_').to_owned()
}

impl Column {
    /// The meaning of a column called `name`.
    pub(super) fn named(name: &str) -> Self {
        use Language::{En, Zh};
        match normal(name).as_str() {
            "id" | "product_id" | "item_id" | "article_number" | "编号" | "商品编号" | "货号" | "商品id" => {
                Self::Id
            }
            "handle" | "item_group_id" | "parent_id" | "group_id" | "款号" => Self::Group,
            "sku" | "variant_sku" | "offer_id" => Self::Sku,
            "title" | "name" | "product_name" | "product_title" | "名称" | "商品名称" | "标题" | "品名" | "商品名" => {
                Self::Title(None)
            }
            "title_en" | "name_en" | "英文名称" => Self::Title(Some(En)),
            "title_zh" | "name_zh" | "title_cn" | "name_cn" | "中文名称" => Self::Title(Some(Zh)),
            "description" | "body_html" | "body" | "long_description" | "summary" | "content" | "描述" | "商品描述"
            | "详情" | "简介" => Self::Description(None),
            "description_en" | "英文描述" => Self::Description(Some(En)),
            "description_zh" | "description_cn" | "中文描述" => Self::Description(Some(Zh)),
            "brand" | "vendor" | "manufacturer" | "品牌" => Self::Brand,
            "product_type" | "type" => Self::Category(3),
            "category" | "categories" | "category_path" | "department" | "类目" | "分类" | "类别" | "商品分类" => {
                Self::Category(2)
            }
            "product_category" => Self::Category(1),
            "google_product_category" => Self::Category(0),
            "price" | "variant_price" | "regular_price" | "价格" | "售价" | "单价" | "现价" => Self::Price,
            "sale_price" | "special_price" | "促销价" | "活动价" => Self::SalePrice,
            "sale_price_effective_date" => Self::SaleDates,
            "compare_at"
            | "compare_at_price"
            | "variant_compare_at_price"
            | "list_price"
            | "msrp"
            | "原价"
            | "市场价"
            | "划线价" => Self::CompareAt,
            "currency" | "price_currency" | "货币" | "币种" => Self::Currency,
            "availability" | "stock_status" | "in_stock" | "available" | "库存状态" | "是否有货" => {
                Self::Availability
            }
            "quantity"
            | "stock"
            | "inventory"
            | "inventory_quantity"
            | "variant_inventory_qty"
            | "qty"
            | "库存"
            | "数量"
            | "库存数量" => Self::Units,
            "variant_inventory_tracker" => Self::Counter,
            "variant_inventory_policy" | "inventory_policy" => Self::Policy,
            "image_link" | "image" | "image_url" | "image_src" | "picture" | "picture_url" | "图片" | "图片链接"
            | "主图" => Self::Picture,
            "additional_image_link" | "additional_image_links" | "images" | "pictures" | "附加图片" => {
                Self::Pictures
            }
            "image_alt_text" | "image_alt" | "alt" => Self::PictureAlt,
            "link" | "url" | "product_url" | "链接" | "商品链接" => Self::Link,
            "tags" | "标签" => Self::Tags,
            "status" => Self::Status,
            "published" => Self::Published,
            "option1_name" => Self::OptionName(0),
            "option2_name" => Self::OptionName(1),
            "option3_name" => Self::OptionName(2),
            "option1_value" => Self::OptionValue(0),
            "option2_value" => Self::OptionValue(1),
            "option3_value" => Self::OptionValue(2),
            other => {
                choice(other).map(Self::Choice).or_else(|| property(other).map(Self::Property)).unwrap_or(Self::Unknown)
            }
        }
    }
}

/// The key of a choice that makes variants.
pub(super) fn choice(name: &str) -> Option<&'static str> {
    match name {
        "size" | "尺码" | "尺寸" => Some("size"),
        "color" | "colour" | "颜色" => Some("colour"),
        _ => None,
    }
}

/// The key of a property that makes products alike.
fn property(name: &str) -> Option<&'static str> {
    Some(match name {
        "material" | "fabric" | "材质" | "面料" => "material",
        "pattern" | "图案" | "花型" => "pattern",
        "gender" | "google_shopping_gender" | "性别" => "gender",
        "age_group" | "google_shopping_age_group" | "年龄段" => "age_group",
        "fit" | "版型" => "fit",
        "style" | "风格" => "style",
        "season" | "季节" => "season",
        "sleeve" | "sleeve_length" | "袖长" => "sleeve",
        "neckline" | "collar" | "领型" => "neckline",
        "occasion" | "场合" => "occasion",
        "collection" | "系列" => "collection",
        _ => return None,
    })
}

/// Whether a cell of the column `Type` says how a product is sold, as WooCommerce writes it, and not what it is.
pub(super) fn is_form_of_sale(value: &str) -> bool {
    let form = |word: &str| {
        matches!(
            word.trim().to_lowercase().as_str(),
            "simple" | "variable" | "variation" | "grouped" | "external" | "virtual" | "downloadable"
        )
    };
    value.split(',').all(form)
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[test]
    fn names_of_google_shopify_and_chinese_tables_are_known() {
        for (name, column) in [
            ("g:image_link", Column::Picture),
            ("Image Src", Column::Picture),
            ("Variant Compare At Price", Column::CompareAt),
            ("Body (HTML)", Column::Description(None)),
            ("item group id", Column::Group),
            ("Google Shopping / Gender", Column::Property("gender")),
            ("Option2 Value", Column::OptionValue(1)),
            ("\u{feff}商品名称", Column::Title(None)),
            ("颜色", Column::Choice("colour")),
            ("Weight", Column::Unknown),
        ] {
            assert_eq!(Column::named(name), column, "{name}");
        }
    }
}
