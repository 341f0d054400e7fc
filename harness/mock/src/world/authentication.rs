//! Who may authenticate, which the options say.

use tor_harness_control::auth::Cookie;

use super::World;

impl World {
    /// Lets in whom the configuration lets in. The cookie is made when it is
    /// switched on, and its file written then; another name for the file does
    /// not move it.
    pub(super) fn authenticate_by_options(&mut self) {
        let hashed = ["HashedControlPassword", "__HashedControlSessionPassword"];
        self.offer.passwords = hashed
            .iter()
            .flat_map(|name| self.config.all_values(name))
            .filter_map(|hashed| hashed.parse().ok())
            .collect();
        let old = self.offer.cookie.take();
        if self.config.value("CookieAuthentication") != Some("1") {
            return;
        }
        let path = self.cookie_file();
        let cookie = old.map(|(cookie, _)| cookie).unwrap_or_else(|| {
            let cookie = Cookie::new(self.random.bytes());
            self.files.insert(path.clone(), cookie.as_bytes().to_vec());
            cookie
        });
        self.offer.cookie = Some((cookie, path.into_bytes()));
    }

    /// The path of the cookie's file, whether there is one or not.
    fn cookie_file(&self) -> String {
        match self.config.value("CookieAuthFile") {
            None => self.persona.cookie_file(),
            Some(path) if path.starts_with('/') => path.to_owned(),
            // tor's own folder is where it runs.
            Some(path) => self.persona.file(path),
        }
    }
}
