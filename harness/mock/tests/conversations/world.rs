//! What connections share of the world, as time goes by.

use crate::talk::{Talk, check};

const KEY: &str =
    "4LIhFmeGLKv8M/SYxRr5fCpeUVWkTlHSIkvlgOPOT2a+uQpu1G1GIimHORYtDjfN+CEdqGvz2oBIWalOI7cCLQ==";
const ADDRESS: &str = "7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd";

#[test]
fn an_onion_service_goes_with_its_connection() {
    check(&format!(
        "> AUTHENTICATE
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         > ADD_ONION ED25519-V3:{KEY} Port=80
         < 250-ServiceID={ADDRESS}
         < 250 OK
         2> GETINFO onions/current onions/detached
         2> DEL_ONION {ADDRESS}
         2< 250-onions/current=
         2< 250-onions/detached=
         2< 250 OK
         2< 552 Unknown Onion Service id
         > QUIT
         < 250 closing connection
         closed
         2> ADD_ONION ED25519-V3:{KEY} Flags=Detach Port=80
         2< 250-ServiceID={ADDRESS}
         2< 250 OK
         2> QUIT
         2< 250 closing connection
         2 closed
         3> AUTHENTICATE
         3> GETINFO onions/current onions/detached
         3< 250 OK
         3< 250-onions/current=
         3< 250-onions/detached={ADDRESS}
         3< 250 OK
         3> DEL_ONION {ADDRESS}
         3< 250 OK"
    ));
}

#[test]
fn all_have_the_same_maps_and_streams() {
    check(
        "> AUTHENTICATE
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         > MAPADDRESS a.com=b.com
         < 250 a.com=b.com
         2> RESOLVE a.com
         2< 250 OK
         > GETINFO address-mappings/all stream-status
         < 250-address-mappings/all=a.com b.com NEVER
         < 250-stream-status=4 NEWRESOLVE 0 b.com:0
         < 250 OK
         > CLOSESTREAM 4 1
         < 250 OK
         2> GETINFO stream-status
         2< 250-stream-status=
         2< 250 OK",
    );
}

#[test]
fn a_stream_is_given_up_after_two_minutes() {
    Talk::default().check(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS ADDRMAP
         < 250 OK
         > RESOLVE a.com
         < 250 OK
         wait 119999ms
         > GETINFO stream-status
         < 250-stream-status=3 NEWRESOLVE 0 a.com:0
         < 250 OK
         wait 1ms
         < 650 ADDRMAP a.com <error> \"1970-01-01 00:02:00\" error=yes EXPIRES=\"1970-01-01 00:02:00\" CACHED=\"NO\" STREAMID=3
         > GETINFO stream-status
         < 250-stream-status=
         < 250 OK",
    );
}

#[test]
fn no_reply_at_all() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > +HSPOST
         > hs-descriptor 3
         > .
         > GETINFO version
         < 250-version={version}
         < 250 OK",
    );
}

#[test]
fn a_scripted_answer_comes_first() {
    let mut talk = Talk::default();
    let on = tor_harness_mock::On::command("ADD_ONION NEW:BEST Port=80").reply(["551 Not today"]);
    talk.script = talk.script.on(on);
    talk.check(
        "> AUTHENTICATE
         < 250 OK
         > ADD_ONION NEW:BEST Port=80
         < 551 Not today
         > GETINFO onions/current
         < 250-onions/current=
         < 250 OK",
    );
}

#[test]
fn streams_are_bounded() {
    let talk = Talk::default();
    let names = " a".repeat(1500);
    talk.check_whole(&format!(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS ADDRMAP WARN
         < 250 OK
         > RESOLVE{names}
         < 250 OK
         < 650 WARN Couldn't register dummy connection for RESOLVE request"
    ));
}
