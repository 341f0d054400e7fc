//! The dependencies that the workspace's manifest has for its members.

use anyhow::{Context as _, Result};

use crate::cargo::Metadata;

/// Those of `manifest`, the root's, that no member uses.
pub(crate) fn problems(metadata: &Metadata, manifest: &str) -> Result<Vec<String>> {
    let manifest: toml::Table = manifest.parse().context("cannot read Cargo.toml")?;
    let shared = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(toml::Value::as_table)
        .context("Cargo.toml has no [workspace.dependencies]")?;
    let is_used = |name: &str| {
        let mut all = metadata.packages.iter().flat_map(|one| &one.dependencies);
        all.any(|dependency| dependency.name == name)
    };
    let unused = shared.keys().filter(|name| !is_used(name));
    Ok(unused
        .map(|name| format!("Cargo.toml: no member uses {name} of [workspace.dependencies]"))
        .collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_shared_dependency_has_a_user() {
        let package = |dependencies: &[&str]| {
            let dependencies: Vec<_> = dependencies
                .iter()
                .map(|name| json!({"name": name, "kind": "dev", "optional": true}))
                .collect();
            json!({
                "name": "a",
                "manifest_path": "Cargo.toml",
                "dependencies": dependencies,
                "targets": [],
                "metadata": null,
            })
        };
        let metadata: Metadata = serde_json::from_value(json!({
            "target_directory": "target",
            "packages": [package(&["clap"]), package(&["mio", "clap"])],
        }))
        .unwrap();
        for (manifest, expected) in [
            ("clap = '1'\nmio = { version = '1' }", &[][..]),
            (
                "clap = '1'\njiff.version = '1'\nmio = '1'\nnix = '1'",
                &["jiff", "nix"],
            ),
        ] {
            let problems =
                problems(&metadata, &format!("[workspace.dependencies]\n{manifest}")).unwrap();
            let expected: Vec<_> = expected
                .iter()
                .map(|name| {
                    format!("Cargo.toml: no member uses {name} of [workspace.dependencies]")
                })
                .collect();
            assert_eq!(problems, expected);
        }
        assert!(problems(&metadata, "[workspace]").is_err());
    }
}
