//! The binary with the wheel around it, built so that the same source gives the same bytes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::cargo::{self, root};

const PACKAGE: &str = "tor-harness-cli";
const BINARY: &str = "tor-harness";

const PROFILE: &str = "release";

/// The oldest glibc that a wheel's tag can name. The binary brings its own and would run beside any.
const COMPATIBILITY: &str = "manylinux_2_17";

/// When every file in the wheel was written: the first moment that a zip file can name.
const WRITTEN_AT: &str = "315532800";

/// What was made.
pub(crate) struct Product {
    pub(crate) binary: PathBuf,
    pub(crate) wheel: PathBuf,
}

/// Where it is made, and how.
pub(crate) struct Workshop {
    target_directory: PathBuf,
    triple: String,
    rustflags: String,
    maturin: PathBuf,
}

impl Workshop {
    /// An error says what is missing here.
    pub(crate) fn new(target_directory: PathBuf) -> Result<Self> {
        let maturin = venv("maturin");
        if !maturin.exists() {
            bail!("no maturin in target/venv, which makes the wheel: run .ci/install");
        }
        Ok(Self {
            target_directory,
            triple: format!("{}-unknown-linux-gnu", env::consts::ARCH),
            rustflags: rustflags(&registry()?),
            maturin,
        })
    }

    /// Makes both into this folder of cargo's target folder, which holds nothing else afterwards.
    pub(crate) fn make(&self, folder: &str) -> Result<Product> {
        let folder = &self.target_directory.join(folder);
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Product {
            binary: self.binary(folder)?,
            wheel: self.wheel(folder)?,
        })
    }

    /// Forgets the binary: it will be compiled and linked anew, of libraries that are there.
    pub(crate) fn forget_the_binary(&self) -> Result<()> {
        let mut clean = cargo::cargo(&["clean", "--quiet", "--package", PACKAGE]);
        cargo::run(clean.args(["--profile", PROFILE, "--target", &self.triple]))
    }

    fn binary(&self, folder: &Path) -> Result<PathBuf> {
        let mut build = cargo::cargo(&["build", "--locked", "--package", PACKAGE]);
        cargo::run(self.same_everywhere(&mut build))?;
        let built = self.target_directory.join(&self.triple).join(PROFILE);
        let binary = folder.join(BINARY);
        fs::copy(built.join(BINARY), &binary)
            .with_context(|| format!("cannot write {}", binary.display()))?;
        Ok(binary)
    }

    fn wheel(&self, folder: &Path) -> Result<PathBuf> {
        let mut maturin = Command::new(&self.maturin);
        maturin
            .args(["build", "--quiet", "--locked", "--offline"])
            .args(["--manifest-path", "harness/cli/Cargo.toml"])
            .args(["--compatibility", COMPATIBILITY, "--out"])
            .arg(folder)
            .current_dir(root());
        cargo::run(self.same_everywhere(&mut maturin))?;
        let is_wheel = |path: &PathBuf| path.extension().is_some_and(|it| it == "whl");
        let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        files
            .find(|path| path.as_ref().map_or(true, is_wheel))
            .unwrap_or_else(|| bail!("maturin made no wheel in {}", folder.display()))
    }

    /// What cargo and maturin have to be told alike, or each would build anew what the other built.
    fn same_everywhere<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .args(["--profile", PROFILE, "--target", &self.triple])
            .env("CARGO_ENCODED_RUSTFLAGS", &self.rustflags)
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
            .env("CARGO_TARGET_DIR", &self.target_directory)
            .env("SOURCE_DATE_EPOCH", WRITTEN_AT)
    }
}

/// A program in the Python environment that .ci/install makes.
pub(crate) fn venv(program: &str) -> PathBuf {
    root().join("target/venv/bin").join(program)
}

/// libc inside, and in messages no folder of the machine that builds.
fn rustflags(registry: &Path) -> String {
    let renamed = |folder: &Path, name| format!("--remap-path-prefix={}={name}", folder.display());
    [
        "-Ctarget-feature=+crt-static",
        &renamed(root(), "tor-harness"),
        &renamed(registry, "registry"),
    ]
    .join("\x1f")
}

/// Where cargo unpacks what it downloads.
fn registry() -> Result<PathBuf> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let cargo_home = cargo_home.context("neither CARGO_HOME nor a home folder is known")?;
    Ok(cargo_home.join("registry/src"))
}
