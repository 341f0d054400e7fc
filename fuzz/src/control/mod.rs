//! Messages of the control protocol: good ones, odd ones, and bad ones whose
//! defect is known.

mod answer;
mod command;
mod conversation;
mod defect;
mod defective;
mod event;
mod kinds;
mod onions;
mod reply;
mod requests;
mod settings;
mod streams;
mod subject;
mod text;
mod unusual;
mod vocabulary;

pub use answer::answer;
pub use command::command;
pub use conversation::{Line, conversation};
pub use defect::Defect;
pub use defective::{Defective, MAX_BLOCK, MAX_LINE, MAX_MESSAGE, defective, with_defect};
pub use event::{DrawnEvent, event, event_of};
pub use reply::{reply, status};
pub use subject::Subject;
pub use unusual::{Odd, Unusual, odd, unusual};
pub use vocabulary::Vocabulary;
