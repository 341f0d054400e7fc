//! What more nodes of a network stand on.

use std::collections::BTreeSet;
use std::net::SocketAddrV4;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tor_harness_testnet::Seed;
use tor_harness_types::UtcSeconds;

use super::address::{Addresses, NODES, free_ports};
use super::check::SpecError;
use super::identity::Identity;
use super::layout::Place;
use super::spec::NodeSpec;
use crate::error::Error;
use crate::executable::Executable;

/// What more nodes of a network stand on.
#[derive(Debug)]
pub(super) struct Ground {
    claim: Arc<Claim>,
    tor: Executable,
    seed: Seed,
    now: UtcSeconds,
    pub(super) deadline: Duration,
}

/// A network's addresses, its own for as long as anybody is at one of them.
#[derive(Debug)]
struct Claim {
    addresses: Mutex<Addresses>,
    /// The numbers of those who came later.
    taken: Mutex<BTreeSet<usize>>,
}

/// The address of somebody who came later, which is free again when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    claim: Arc<Claim>,
    number: usize,
}

impl Ground {
    pub(super) fn new(
        addresses: Addresses,
        tor: Executable,
        seed: Seed,
        now: UtcSeconds,
        deadline: Duration,
    ) -> Self {
        let claim = Claim {
            addresses: Mutex::new(addresses),
            taken: Mutex::default(),
        };
        Self {
            claim: Arc::new(claim),
            tor,
            seed,
            now,
            deadline,
        }
    }

    /// The place of another node, beside so many that the network has.
    pub(super) fn place(&self, nodes: usize, spec: NodeSpec) -> Result<(Place, Seat), Error> {
        let seat = Seat::first_free(&self.claim, nodes)?;
        let number = seat.number;
        let identity = Identity::new(&spec, self.seed, number as u64, self.now)?;
        let seed = self.seed.child("node", number as u64);
        let mut addresses = self.claim.addresses();
        let place = Place::new(spec, &self.tor, number, &mut addresses, identity, seed)?;
        Ok((place, seat))
    }

    /// An address of the network's where nobody listens, beside those of so many nodes.
    pub(super) fn address(&self, nodes: usize) -> Result<(SocketAddrV4, Seat), Error> {
        let seat = Seat::first_free(&self.claim, nodes)?;
        let address = self.claim.addresses().of_node(seat.number);
        let [port] = free_ports(address)?;
        Ok((SocketAddrV4::new(address, port), seat))
    }
}

impl Claim {
    fn addresses(&self) -> MutexGuard<'_, Addresses> {
        let addresses = self.addresses.lock();
        addresses.unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, BTreeSet<usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    fn first_free(claim: &Arc<Claim>, nodes: usize) -> Result<Self, SpecError> {
        let mut taken = claim.taken();
        let mut free = (nodes..NODES).filter(|number| !taken.contains(number));
        let number = free.next().ok_or(SpecError::TooMany(NODES + 1))?;
        taken.insert(number);
        let claim = Arc::clone(claim);
        Ok(Self { claim, number })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.claim.taken().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back() {
        let claim = Arc::new(Claim {
            addresses: Mutex::new(Addresses::claim().unwrap()),
            taken: Mutex::default(),
        });
        let seat = || Seat::first_free(&claim, NODES - 2);
        let [first, second] = [seat().unwrap(), seat().unwrap()];
        assert_eq!([first.number, second.number], [NODES - 2, NODES - 1]);
        assert_eq!(seat().err(), Some(SpecError::TooMany(NODES + 1)));
        drop(first);
        assert_eq!(seat().unwrap().number, NODES - 2);
        // Who outlives the network keeps its addresses from others.
        assert!(Arc::ptr_eq(&second.claim, &claim));
    }
}
