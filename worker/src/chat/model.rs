//! Understanding a turn: with a language model where one is bound, and by the assistant's own means where there is none or
//! nothing came of it.

use std::rc::Rc;

use vitrine_assistant::{Conversation, Input, Knowledge, Turn};
use vitrine_catalog::Language;

use super::{Object, tables};
use crate::{
    database::Database,
    failure::Outcome,
    language_model::{self, Spender},
};
