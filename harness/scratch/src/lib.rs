//! Folders that never outlive their owner, nor do the processes in them.
//!
//! A [`Folder`] is removed when dropped. Where nothing is dropped, because the
//! process was interrupted or killed, a guard does it: one shell for the whole
//! process, which waits at a pipe for the process's end, then kills what the
//! folders name and removes them. Where there is no shell, nobody does.
//! `TOR_HARNESS_KEEP=1` keeps those of failures.
//!
//! ```
//! use tor_harness_scratch::Folder;
//!
//! let folder = Folder::create()?;
//! let file = folder.write("cookie", b"secret")?; // for this user alone
//! assert!(file.starts_with(folder.path()));
//! # Ok::<(), std::io::Error>(())
//! ```

mod folder;
mod owned_file;
mod session;

pub use folder::Folder;
