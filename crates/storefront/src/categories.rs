//! The shop's categories as a tree, made from the paths of its products.

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_catalog::{Category, Identifier, Localized, Product};

/// A category with what is below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CategoryNode {
    /// Key, unique among its siblings.
    pub key: Identifier,
    /// Name shown to the shopper.
    pub name: Localized,
    /// Products in it and below it.
    pub count: u32,
    /// Categories below it, in the order in which the catalogue first names them.
    pub children: Vec<CategoryNode>,
}

/// Every category by number, and the category of every product.
#[derive(Clone, Debug, Default)]
pub(crate) struct Categories {
    nodes: Vec<Node>,
    /// (parent, key) to node.
    places: BTreeMap<(Option<u32>, Identifier), u32>,
    /// The last step of each product's path.
    leaves: Vec<Option<u32>>,
}

#[derive(Clone, Debug)]
struct Node {
    category: Category,
    parent: Option<u32>,
    count: u32,
}

impl Categories {
    pub(crate) fn of(products: &[Product]) -> Self {
        let mut categories = Self::default();
        for product in products {
            let mut at = None;
            for step in &product.category {
                at = Some(categories.enter(at, step));
            }
            categories.leaves.push(at);
        }
        categories
    }

    /// Counts a product into the category `step` below `parent`, making it where it is new.
    fn enter(&mut self, parent: Option<u32>, step: &Category) -> u32 {
        let number = *self.places.entry((parent, step.key.clone())).or_insert(self.nodes.len() as u32);
        match self.nodes.get_mut(number as usize) {
            Some(node) => node.count += 1,
            None => self.nodes.push(Node { category: step.clone(), parent, count: 1 }),
        }
        number
    }

    /// The category a path of keys leads to.
    pub(crate) fn find(&self, path: &[String]) -> Option<u32> {
        let mut at = None;
        for key in path {
            let key = Identifier::new(key.as_str()).ok()?;
            at = Some(*self.places.get(&(at, key))?);
        }
        at
    }

    /// The product's own category: the last step of its path.
    pub(crate) fn leaf(&self, item: u32) -> Option<u32> {
        self.leaves.get(item as usize).copied().flatten()
    }

    /// Whether the product is in `category` or below it.
    pub(crate) fn holds(&self, category: u32, item: u32) -> bool {
        let mut at = self.leaf(item);
        while let Some(number) = at {
            if number == category {
                return true;
            }
            at = self.nodes.get(number as usize).and_then(|node| node.parent);
        }
        false
    }

    /// The tree below the root.
    pub(crate) fn tree(&self) -> Vec<CategoryNode> {
        let mut roots = Vec::new();
        let mut below: Vec<Vec<CategoryNode>> = vec![Vec::new(); self.nodes.len()];
        // A node is made after its parent, so walking backwards meets every child before its parent.
        while let Some(mut children) = below.pop() {
            let Some(Node { category, parent, count }) = self.nodes.get(below.len()) else { continue };
            children.reverse();
            let (key, name) = (category.key.clone(), category.name.clone());
            let node = CategoryNode { key, name, count: *count, children };
            match parent.and_then(|parent| below.get_mut(parent as usize)) {
                Some(siblings) => siblings.push(node),
                None => roots.push(node),
            }
        }
        roots.reverse();
        roots
    }
}
