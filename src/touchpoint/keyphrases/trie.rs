//! Byte strings → phrases, for all those that a word starts with at once.

/// Byte strings → phrases.
#[derive(Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    children: Vec<(u8, usize)>,
    phrases: Vec<usize>,
}

impl Trie {
    /// Adds a phrase under a byte string.
    pub(super) fn insert(&mut self, bytes: impl Iterator<Item = u8>, phrase: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for byte in bytes {
            at = match self.child(at, byte) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes[at].children.push((byte, child));
                    self.nodes.push(Node::default());
                    child
                }
            };
        }
        self.nodes[at].phrases.push(phrase);
    }

    fn child(&self, node: usize, byte: u8) -> Option<usize> {
        let children = &self.nodes.get(node)?.children;
        children.iter().find(|(own, _)| *own == byte).map(|(_, child)| *child)
    }

    /// Adds the phrases of all byte strings with which `bytes` start, the shortest first.
    pub(super) fn walk(&self, bytes: impl Iterator<Item = u8>, found: &mut Vec<usize>) {
        let mut at = 0;
        for byte in bytes {
            let Some(child) = self.child(at, byte) else { return };
            at = child;
            found.extend_from_slice(&self.nodes[at].phrases);
        }
    }
}
