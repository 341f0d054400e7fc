//! The long parts of `--help`.

/// The part of `--help` about exit statuses.
pub(crate) const EXIT: &str = "\
Exit status:
  0    without COMMAND: it was told to end; with COMMAND: what that returned
  2    the fixture did not start: wrong arguments, a bad script or torrc, no tor
  3    an expectation of a script was not met, or of --strict or --strict-client, or a
       tor of a network crashed or was killed (and COMMAND had succeeded)
  126  COMMAND cannot be run
  127  there is no such COMMAND
  128+N  COMMAND was ended by signal N

The fixture is found in the environment: TOR_CONTROL_HOST, TOR_CONTROL_PORT,
TOR_CONTROL_IPC_PATH, TOR_CONTROL_PASSWD and TOR_CONTROL_COOKIE_AUTH_FILE, and
COMMAND may have {control_host}, {control_port}, {control_socket}, {password},
{cookie_file} and {steer} in its arguments.";

/// The end of `--help` of `network`.
pub(crate) const NETWORK: &str = "\
The control port is the client's, and so is its SOCKS port: TOR_SOCKS_HOST, TOR_SOCKS_PORT,
{socks_host}, {socks_port}. Behind the exits, where there are any, are a server of pages, as 127.0.0.1:8080 in
TOR_HARNESS_HTTP and {http}, and one that sends back what comes, in TOR_HARNESS_ECHO and {echo}.
The onion service's host name is in TOR_HARNESS_ONION and {onion}. The folder in TOR_HARNESS_FOLDER and
{folder} has files by which other clients join: torrc for a tor, which needs a DataDirectory and
ports besides, arti.toml for Arti, which is told to keep its data in that folder.

Without COMMAND the line on standard output has them as control, socks, http, echo, onion, folder; and
nodes, each with nickname, fingerprint, or (its address), control (its own control port), folder
(torrc, data, log), pid. The pid beside control is that of the client's tor. One that COMMAND ends by
SIGTERM has not crashed.

The preset mixed+hs-v3 needs an older tor besides, as tor-stable on PATH.

Try:
  tor-harness network -- curl -s --proxy socks5h://{socks_host}:{socks_port} http://{http}/
  tor-harness network --onion -- curl -s --proxy socks5h://{socks_host}:{socks_port} http://{onion}/
  tor-harness network --onion 8000 --auth cookie -- python3 my_test.py {control_port} {onion}
  tor-harness network --imaginary 8000 -- nyx -i 127.0.0.1:{control_port}
  tor-harness network -- tor -f {folder}/torrc --DataDirectory {folder}/mine --SocksPort auto
  tor-harness network --preset bridges-min | jq -r '.nodes[] | [.nickname, .fingerprint] | @tsv'";

/// The end of `--help` of `parse`.
pub(crate) const PARSE: &str = "\
Exit status:
  0  all documents are good
  1  something is wrong with a document, or it is of no known type; with --verify
     also: something of it does not hold, or there is nothing to verify it by
  2  wrong arguments, or not all could be read: no such file, damaged, cut short
  That no document is wanted is no failure, and said on standard error.

Try:
  tor-harness parse cached-descriptors | jq -r '.fields.router.nickname'
  tor-harness parse --problems server-descriptors-2024-01.tar.xz
  tor-harness parse --verify --authorities cached-certs cached-microdesc-consensus
  tor-harness parse --type server-descriptor --relay moria1 archive/ | head -1 | jq
  curl -s 127.0.0.1:9030/tor/server/all | tor-harness parse - | jq -c '[.path, .problems]'

Each line is an object: v, path, offset, line, bytes, type, annotations, digests,
fields, sections, entries or commands where there are any, problems, verified. An
item that may be there once is .fields.KEYWORD, one that may repeat
.fields.KEYWORD[]; its arguments have the specification's names.";

/// The part of `--help` about steering.
pub(crate) const STEERING: &str = "\
Steering:
  With --steer any number of programs connect there and send JSON lines: each is
  one object, and gets one line in answer. \"world\" names the world that is meant,
  \"main\" unless told: the one that this command started. \"id\" comes back.

  {\"do\":\"world\"}         another world with a port and a folder of its own; any of
                         \"name\":\"w1\", \"auth\":[\"cookie\"], \"listen\":\"127.0.0.1:0\",
                         \"script\":\"TOML\", \"seed\":1, \"time\":\"virtual\",
                         \"strict\":true, \"strict_client\":true, and
                         \"with_connection\":true: it ends with this connection
  {\"do\":\"script\",\"toml\":\"TOML\"}           more rules, before those there are
  {\"do\":\"hold\",\"command\":\"GETINFO *\",\"name\":\"h\"}   answers wait, until
  {\"do\":\"release\",\"name\":\"h\"}
  {\"do\":\"emit\",\"event\":\"BW 1 2\"}
  {\"do\":\"advance\",\"seconds\":1.5}       where time is virtual
  {\"do\":\"disconnect\"}                  everyone, or \"connection\":1
  {\"do\":\"received\"}    {\"do\":\"transcript\"}    {\"do\":\"verify\"}
  {\"do\":\"reset\"}       as at its start      {\"do\":\"close\"}

  Try:
    tor-harness mock --steer unix:/tmp/steer -- sh -c \\
      'echo \"{\\\"do\\\":\\\"world\\\"}\" | nc -NU /tmp/steer'
    {\"ok\":true,\"world\":\"w1\",\"control\":\"127.0.0.1:40001\"}

  A world whose script expected in vain when it ended is status 3, unless the
  answer to \"close\" has said so. With --steer this command goes on when a
  controller ends its tor. COMMAND finds the socket in TOR_HARNESS_STEER.
";

/// The end of `--help` of `make`.
pub(crate) const MAKE: &str = "\
Exit status: 0 if it is made, whether right or wrong; 2 if not: wrong arguments, or it cannot
be written, and then nothing is. That nobody reads on, as with | head, is no failure. A signal
(SIGHUP, SIGINT, SIGQUIT, SIGTERM) ends it as any program, 128+N in a shell, and leaves nothing.

Try:
  tor-harness make relay --set uptime=-5 --without ntor-onion-key
  tor-harness make consensus --relays 8000 | tor-harness parse --problems -
  tor-harness make network DIR --at now &&
    tor --defaults-torrc /dev/null -f DIR/torrc --DataDirectory DIR/client
Each of these has its --help; harness/cli/MAKE.md tells them all.";

/// The end of `--help` of `make consensus`.
pub(crate) const MAKE_CONSENSUS: &str = "\
Try:
  tor-harness make consensus --relays 8000 --authorities 9 --flavor microdesc -o consensus
  tor-harness make certificate --authorities 9 -o certs
  tor-harness parse --verify --authorities certs --problems consensus
  tor-harness make consensus --at now --param circwindow=100
  tor-harness make consensus --disagree 50 --bandwidth-weights computed
  tor-harness make consensus --entry relay3 --set w=Bandwidth=-1
  tor-harness make consensus --after-signing --set valid-until='2030-01-01 00:00:00'";

/// The end of `--help` of `make consensus-diff`.
pub(crate) const MAKE_CONSENSUS_DIFF: &str = "\
Try:
  tor-harness make consensus --relays 8000 --flavor microdesc -o old
  tor-harness make consensus-diff --relays 8000 --flavor microdesc -o diff
  tor-harness make consensus --relays 8000 --flavor microdesc --hours 1 -o new";

/// The end of `--help` of `make vote`.
pub(crate) const MAKE_VOTE: &str = "\
Try:
  tor-harness make vote --authority 2 --relays 100
  tor-harness make vote --authority 1 --disagree 50
  tor-harness make vote --entry relay3 --without id";

/// The end of `--help` of `make certificate`.
pub(crate) const MAKE_CERTIFICATE: &str = "\
Try:
  tor-harness make certificate --authorities 9 -o cached-certs
  tor-harness make certificate --authorities 1 --set dir-key-expires='2020-01-01 00:00:00'";

/// The end of `--help` of `make relay`.
pub(crate) const MAKE_RELAY: &str = "\
Try:
  tor-harness make relay --exit-policy 'accept 80,443' --bandwidth 5000
  tor-harness make relay --count 200 | curl --data-binary @- http://127.0.0.1:7000/tor/
  tor-harness make relay --what extra-info --set published=tomorrow
  tor-harness make relay --what keys | jq -r .fingerprint
  tor-harness make relay --dir data && ls data data/keys";

/// The end of `--help` of `make bridge`.
pub(crate) const MAKE_BRIDGE: &str = "\
Try:
  tor-harness make bridge --what lines
  tor-harness make bridge --count 100 --what sanitised-server-descriptor
  tor-harness make bridge --dir data && cat data/hashed-fingerprint";

/// The end of `--help` of `make detached-signatures`.
pub(crate) const MAKE_DETACHED_SIGNATURES: &str = "\
Try:
  tor-harness make detached-signatures --authorities 9
  tor-harness make detached-signatures --set consensus-digest=00";

/// The end of `--help` of `make bandwidth-file`.
pub(crate) const MAKE_BANDWIDTH_FILE: &str = "\
Its pairs are changed as lines are, by their keys; an entry begins with node_id, and the other
pairs are in its text.

Try:
  tor-harness make bandwidth-file --relays 100
  tor-harness make bandwidth-file --authority 1 --disagree 50
  tor-harness make bandwidth-file --entry relay3 --set 'node_id=$00 bw=-1'
  tor-harness make bandwidth-file --without terminator";

/// The end of `--help` of `make onion`.
pub(crate) const MAKE_ONION: &str = "\
Try:
  tor-harness make onion --clients 2 --dir mine
  tor-harness make onion --layer inner
  tor-harness make onion --in inner --layer inner --set create2-formats=x |
    tor-harness parse --problems -";

/// The end of `--help` of `make sample`.
pub(crate) const MAKE_SAMPLE: &str = "\
Try:
  tor-harness make sample vote
  tor-harness make sample exit-list --without LastStatus";

/// The end of `--help` of `make network`.
pub(crate) const MAKE_NETWORK: &str = "\
Files, as tor keeps them:
  torrc                the lines by which a tor trusts the authorities, without network
  client/              a client's data directory: cached-certs, cached-microdescs,
                       cached-microdesc-consensus
  cache/               with --descriptors: what relays and authorities cache, as well
                       cached-consensus, cached-descriptors, cached-extrainfo
  relays/NICKNAME/     with --keys: a relay's data directory; as well
                       authorities/NICKNAME/, bridges/NICKNAME/
  torrc-bridges        with --bridges: the lines for a client that uses them
The changes are made in the consensus, in each of its flavors. As tor keeps them it is the one of
make consensus; --layout collector has votes, and the one of make consensus --votes.

Try:
  tor-harness make network DIR --relays 100 --keys --at now
  tor-harness make network DIR --relays 8000 --layout collector
  tor-harness make network DIR --entry relay3 --set w=Bandwidth=-1";
