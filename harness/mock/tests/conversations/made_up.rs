//! What differs from mock to mock: keys, addresses, cookies, their files.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ConnectionId, ControlPort, Persona, Random, Script};

/// A controller that is in, of a tor with this seed.
struct Controller {
    port: ControlPort,
    id: ConnectionId,
}

impl Controller {
    fn new(seed: u64) -> Self {
        let (auth, script) = (AuthConfig::null(), Script::new());
        let port = ControlPort::new(Persona::default(), &auth, Random::Seed(seed), &script);
        let mut port = port.unwrap();
        let id = port.open();
        let mut controller = Self { port, id };
        assert_eq!(controller.ask("AUTHENTICATE"), "250 OK\r\n");
        controller
    }

    fn ask(&mut self, command: &str) -> String {
        let bytes = format!("{command}\r\n");
        self.port.receive(self.id, bytes.as_bytes(), Duration::ZERO);
        String::from_utf8(self.port.take_output(self.id)).unwrap()
    }

    /// The path of the one file that has changed, and its content.
    fn changed_file(&mut self) -> (String, Vec<u8>) {
        let files = self.port.take_files();
        assert_eq!(files.len(), 1, "{files:?}");
        files.into_iter().next().unwrap()
    }
}

#[test]
fn onion_services_have_real_keys() {
    let mut one = Controller::new(1);
    let made = one.ask("ADD_ONION NEW:BEST Port=80");
    assert_eq!(
        Controller::new(1).ask("ADD_ONION NEW:ED25519-V3 Port=80"),
        made
    );
    assert_ne!(Controller::new(2).ask("ADD_ONION NEW:BEST Port=80"), made);

    let lines: Vec<_> = made.lines().collect();
    let [address, key, "250 OK"] = lines[..] else {
        panic!("{made}");
    };
    let address = address.strip_prefix("250-ServiceID=").unwrap();
    let key = key.strip_prefix("250-PrivateKey=").unwrap();
    // The same key gives the same address elsewhere, and is not said again.
    let again = Controller::new(2).ask(&format!("ADD_ONION {key} Port=80"));
    assert_eq!(again, format!("250-ServiceID={address}\r\n250 OK\r\n"));

    let discarded = one.ask("ADD_ONION NEW:BEST Flags=DiscardPK Port=80");
    assert_eq!(discarded.lines().count(), 2, "{discarded}");
}

#[test]
fn virtual_addresses_are_given_once() {
    let mut controller = Controller::new(1);
    for (asked, start, end) in [
        ("0.0.0.0", "250 127.", "=a.com\r\n"),
        ("::", "250 [fe", "]=a.com\r\n"),
        (".", "250 ", ".virtual=a.com\r\n"),
    ] {
        let made = controller.ask(&format!("MAPADDRESS {asked}=a.com"));
        assert!(made.starts_with(start) && made.ends_with(end), "{made}");
        assert_eq!(controller.ask(&format!("MAPADDRESS {asked}=a.com")), made);
        let other = controller.ask(&format!("MAPADDRESS {asked}=b.com"));
        assert_ne!(other, made.replace("a.com", "b.com"));
    }
    // Another network, and those of the old one are gone.
    controller.ask("SETCONF VirtualAddrNetworkIPv4=10.0.0.0/8");
    let all = controller.ask("GETINFO address-mappings/all");
    assert_eq!(all, "250-address-mappings/all=\r\n250 OK\r\n");
    let made = controller.ask("MAPADDRESS 0.0.0.0=a.com");
    assert!(made.starts_with("250 10."), "{made}");
}

#[test]
fn options_say_who_may_authenticate() {
    let mut controller = Controller::new(1);
    controller.ask("SETCONF CookieAuthentication=1");
    let (path, cookie) = controller.changed_file();
    assert_eq!(path, "/mock/data/control_auth_cookie");
    assert_eq!(controller.port.cookie().unwrap().as_slice(), cookie);
    let info = controller.ask("PROTOCOLINFO 1");
    let methods = format!("METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"{path}\"");
    assert!(info.contains(&methods), "{info}");

    // Another name moves no file, but is told.
    controller.ask("SETCONF CookieAuthFile=/mock/other");
    assert!(controller.port.take_files().is_empty());
    let info = controller.ask("PROTOCOLINFO 1");
    assert!(info.contains("COOKIEFILE=\"/mock/other\""), "{info}");

    let wrong = "515 Authentication failed: Wrong length on authentication cookie.\r\n";
    assert_eq!(controller.ask("AUTHENTICATE"), wrong);
    controller.id = controller.port.open();
    let digits: String = cookie.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        controller.ask(&format!("AUTHENTICATE {digits}")),
        "250 OK\r\n"
    );

    // Switched on again, it is another cookie.
    controller.ask("SETCONF CookieAuthentication=0");
    assert!(controller.ask("PROTOCOLINFO").contains("METHODS=NULL\r\n"));
    assert_eq!(controller.port.cookie(), None);
    controller.ask("SETCONF CookieAuthentication=1");
    let (path, other) = controller.changed_file();
    assert_eq!(path, "/mock/other");
    assert_ne!(other, cookie);
}

#[test]
fn options_say_which_password() {
    // `tor --hash-password secret` gave this.
    let hashed = include_str!("../../../control/src/auth/testdata/hash-password-secret").trim();
    for option in ["HashedControlPassword", "__HashedControlSessionPassword"] {
        let mut controller = Controller::new(1);
        controller.ask(&format!("SETCONF {option}={hashed}"));
        let info = controller.ask("PROTOCOLINFO");
        assert!(info.contains("METHODS=HASHEDPASSWORD\r\n"), "{info}");
        assert_eq!(controller.ask("AUTHENTICATE \"secret\""), "250 OK\r\n");
        assert!(controller.ask("AUTHENTICATE \"other\"").starts_with("515 "));
    }
}

#[test]
fn saveconf_writes_the_torrc() {
    let mut controller = Controller::new(1);
    let options = "ControlPort unix:/mock/control\nDataDirectory /mock/data\nDisableNetwork 1\n\
                   GeoIPFile /dev/null\nGeoIPv6File /dev/null\nLog notice stdout\n";
    controller.ask("SETCONF Nickname=saved");
    assert_eq!(controller.ask("SAVECONF"), "250 OK\r\n");
    let files = controller.port.take_files();
    let text = |path| String::from_utf8_lossy(&files[path]).into_owned();
    assert_eq!(
        text("/mock/torrc"),
        format!(
            "# This file was generated by Tor; if you edit it, comments will not be preserved\n\
             # The old torrc file was renamed to torrc.orig.1, and Tor will ignore it\n\
             \n{options}Nickname saved\nSocksPort 0\n"
        )
    );
    assert_eq!(
        text("/mock/torrc.orig.1"),
        format!("{options}SocksPort 0\n")
    );
    controller.ask("SAVECONF");
    assert_eq!(controller.changed_file().0, "/mock/torrc");
}

#[test]
fn a_stream_tells_where_its_controller_is() {
    let mut controller = Controller::new(1);
    controller.id = controller.port.open_from(([127, 0, 0, 1], 4321).into());
    controller.ask("AUTHENTICATE\r\nSETEVENTS STREAM");
    let told = controller.ask("RESOLVE a.com");
    let target =
        "650 STREAM 4 NEWRESOLVE 0 a.com:0 SOURCE_ADDR=127.0.0.1:4321 PURPOSE=DNS_REQUEST ";
    assert!(told.contains(target), "{told}");
}
