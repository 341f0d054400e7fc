//! Onion services that running nodes offer.

use std::net::SocketAddr;
use std::path::PathBuf;

use data_encoding::BASE64;
use tor_harness_control::Command;
use tor_harness_control::command::{AddClientAuth, TypedKey};
use tor_harness_control::reply::Setting;
use tor_harness_testnet::OnionService;
use tor_harness_traffic::Target;
use tor_harness_types::OnionAddress;

use super::node::Node;
use super::published::Watch;
use super::running::TestNetwork;
use crate::error::Error;

/// An onion service that a running node offers; it ends when dropped.
#[must_use = "it ends when dropped"]
#[derive(Debug)]
pub struct Onion<'n> {
    node: &'n Node,
    address: OnionAddress,
    folder: PathBuf,
    /// For as long as somebody may wait for its descriptors.
    watch: Option<Watch>,
}

impl TestNetwork {
    /// Offers an onion service on the first client, whose port 80 leads to a server on loopback,
    /// and returns when it can be visited.
    ///
    /// ```no_run
    /// use tor_harness_process::TestNetwork;
    /// use tor_harness_traffic::HttpServer;
    ///
    /// let server = HttpServer::serving("hello")?;
    /// let network = TestNetwork::start()?;
    /// let onion = network.onion(server.address())?;
    /// let client = network.client().expect("it has one");
    /// assert_eq!(client.http_get(onion.target(), "/")?.body, b"hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If there is no client, or the service cannot be visited in time.
    pub fn onion(&self, server: SocketAddr) -> Result<Onion<'_>, Error> {
        let mut onion = self.client().ok_or(Error::NoClient)?.onion(server, &[])?;
        onion.wait_until_published()?;
        Ok(onion)
    }
}

impl Node {
    /// The port 80 of the onion service that it has from its start, for who visits it.
    #[must_use]
    pub fn onion_target(&self) -> Option<Target> {
        self.onion_address().map(target)
    }

    /// Offers an onion service whose port 80 leads to a server on loopback, as soon as it can
    /// build circuits. Where there are visitors only these may come: they get keys for it.
    ///
    /// # Errors
    /// If it cannot build circuits in time, or the service or a key is refused.
    pub fn onion(&self, server: SocketAddr, visitors: &[&Self]) -> Result<Onion<'_>, Error> {
        // tor begins at once with a service that is new, but not before it has built a circuit.
        self.wait_until_bootstrapped()?;
        let (number, seed) = self.next_onion();
        let mut service = OnionService::new(seed, 0);
        let address = service.address();
        for (visitor, number) in visitors.iter().zip(0..) {
            let key = service.add_client(seed.child("visitor", number));
            let add = Command::AddClientAuth(AddClientAuth {
                address: address.to_string().into(),
                key: TypedKey::new("x25519", BASE64.encode(&key)),
                name: None,
                flags: Vec::new(),
                others: Vec::new(),
            });
            visitor.ask(|client| client.ask_ok(&add))?;
        }
        let folder = format!("onion{number}");
        self.tor()
            .put(service.files().into_iter().map(|file| file.under(&folder)))?;
        let watch = Watch::new(self.tor(), address).map_err(|source| self.awaited(source))?;
        let onion = Onion {
            node: self,
            address,
            folder: self.tor().folder().join(folder),
            watch: Some(watch),
        };
        onion.configure(|services| {
            services.push(("HiddenServiceDir".to_owned(), onion.dir()));
            services.push(("HiddenServicePort".to_owned(), format!("80 {server}")));
        })?;
        Ok(onion)
    }
}

impl Onion<'_> {
    /// Its address.
    #[must_use]
    pub fn address(&self) -> OnionAddress {
        self.address
    }

    /// Its port 80, for who visits it.
    #[must_use]
    pub fn target(&self) -> Target {
        target(self.address)
    }

    /// Waits until it can be visited: until directories have taken its descriptors.
    ///
    /// # Errors
    /// If they have not in time.
    pub fn wait_until_published(&mut self) -> Result<(), Error> {
        let deadline = self.node.tor().deadline();
        if let Some(watch) = &mut self.watch {
            let waited = watch.wait(deadline);
            waited.map_err(|source| self.node.awaited(source))?;
        }
        self.watch = None;
        Ok(())
    }

    /// The value of its `HiddenServiceDir`.
    fn dir(&self) -> String {
        self.folder.to_string_lossy().into_owned()
    }

    /// Changes the options of all onion services of the node: tor takes them only together.
    fn configure(&self, change: impl FnOnce(&mut Vec<(String, String)>)) -> Result<(), Error> {
        let _others = self.node.configuring();
        self.node.ask(|client| {
            let text = client.get_info("config-text")?;
            let lines = text.lines().filter_map(|line| line.split_once(' '));
            let mut services: Vec<_> = lines
                .filter(|(option, _)| option.starts_with("HiddenService"))
                .map(|(option, value)| (option.to_owned(), value.to_owned()))
                .collect();
            change(&mut services);
            if services.is_empty() {
                services.push(("HiddenServiceDir".to_owned(), String::new()));
            }
            let options = services.into_iter().map(|(option, value)| Setting {
                key: option.into(),
                value: Some(value.into_bytes().into()),
            });
            client.ask_ok(&Command::SetConf(options.collect()))
        })?;
        Ok(())
    }
}

impl Drop for Onion<'_> {
    fn drop(&mut self) {
        let dir = self.dir();
        // Where the node has ended there is nothing to do.
        let _ = self.configure(|services| {
            let own = services.iter().position(|(_, value)| *value == dir);
            if let Some(start) = own {
                let rest = services.split_off(start);
                let next = |(option, _): &(String, String)| option == "HiddenServiceDir";
                services.extend(rest.into_iter().skip(1).skip_while(|one| !next(one)));
            }
        });
    }
}

fn target(address: OnionAddress) -> Target {
    (format!("{address}.onion"), 80).into()
}
