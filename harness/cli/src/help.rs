//! The long parts of `--help`.

/// The part of `--help` about exit statuses.
pub(crate) const EXIT: &str = "\
Exit status:
  0    without COMMAND: it was told to end; with COMMAND: what that returned
  2    the fixture did not start: wrong arguments, a bad script or torrc, no tor
  3    an expectation of a script was not met, or of --strict or --strict-client
       (and COMMAND had succeeded)
  126  COMMAND cannot be run
  127  there is no such COMMAND
  128+N  COMMAND was ended by signal N

The fixture is found in the environment: TOR_CONTROL_HOST, TOR_CONTROL_PORT,
TOR_CONTROL_IPC_PATH, TOR_CONTROL_PASSWD and TOR_CONTROL_COOKIE_AUTH_FILE, and
COMMAND may have {control_host}, {control_port}, {control_socket}, {password},
{cookie_file} and {steer} in its arguments.";

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
