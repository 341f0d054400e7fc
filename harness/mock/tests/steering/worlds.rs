//! The life of worlds.

use crate::talk::check;

#[test]
fn each_has_a_port_of_its_own() {
    check(
        r#"
        > {"do":"world"}
        < {"ok":true,"world":"w1","control":"127.0.0.1:*"}
        > {"do":"world","name":"a","auth":["password=x"]}
        < {"ok":true,"world":"a","control":"127.0.0.1:*","password":"x"}
        > {"do":"world","auth":["cookie"]}
        < {"ok":true,"world":"w2","control":"127.0.0.1:*","cookie_file":"/*/data/control_auth_cookie"}
        main: > AUTHENTICATE
        main: < 250 OK
        w1: > AUTHENTICATE
        w1: < 250 OK
        a: > AUTHENTICATE "x"
        a: < 250 OK
        w1: > SETCONF Nickname=one
        w1: < 250 OK
        a: > GETCONF Nickname
        a: < 250 Nickname
        > {"do":"received","world":"a"}
        < {"ok":true,"commands":[{"connection":1,"at":*,"command":"AUTHENTICATE \"*\""},{"connection":1,"at":*,"command":"GETCONF Nickname"}]}
        "#,
    );
}

#[test]
fn names_are_taken_once_and_worlds_are_counted() {
    check(
        r#"
        > {"do":"world","name":"w1"}
        < {"ok":true,"world":"w1","control":"*"}
        > {"do":"world"}
        < {"ok":true,"world":"w2","control":"*"}
        > {"do":"world"}
        < {"ok":true,"world":"w3","control":"*"}
        > {"do":"world"}
        < {"ok":false,"error":"there are 4 worlds, which is the limit: close some, or allow more with --max-worlds"}
        > {"do":"close","world":"w1"}
        < {"ok":true,"met":true}
        > {"do":"close","world":"w1"}
        < {"ok":false,"error":"there is no world \"w1\*": make it with {\"*":\"*\",\"*\":\"*\"}, or leave \"*\" out for \"*\""}
        > {"do":"world","name":"w1"}
        < {"ok":true,"world":"w1","control":"*"}
        "#,
    );
}

#[test]
fn events_come_when_they_are_told_to() {
    check(
        r#"
        main: > AUTHENTICATE
        main: < 250 OK
        main: > SETEVENTS NOTICE CONF_CHANGED
        main: < 250 OK
        > {"do":"emit","event":"NOTICE hello"}
        < {"ok":true}
        main: < 650 NOTICE hello
        > {"do":"emit","event":"CONF_CHANGED\nNickname=a\nOK"}
        < {"ok":true}
        main: < 650-CONF_CHANGED
        main: < 650-Nickname=a
        main: < 650 OK
        > {"do":"disconnect","connection":7}
        < {"ok":false,"error":"there is no open connection 7 in the world \"main\""}
        > {"do":"disconnect","connection":1}
        < {"ok":true,"disconnected":1}
        main: closed
        > {"do":"disconnect"}
        < {"ok":true,"disconnected":0}
        "#,
    );
}

/// What is held twice waits once; the later hold counts. The event of a signal
/// says that what came before it has been read.
#[test]
fn answers_wait_until_they_are_released() {
    check(
        r#"
        main: > AUTHENTICATE
        main: < 250 OK
        main: > SETEVENTS SIGNAL
        main: < 250 OK
        > {"do":"hold","command":"GETINFO dormant","name":"h"}
        < {"ok":true}
        main: > GETINFO dormant
        main: > SIGNAL DEBUG
        main: < 650 SIGNAL DEBUG
        > {"do":"release","name":"other"}
        < {"ok":true,"released":0}
        > {"do":"script","toml":"[[on]]\ncommand = 'GETINFO dormant'\nreply = '551 no'"}
        < {"ok":true}
        > {"do":"hold","command":"GETINFO dormant","name":"h"}
        < {"ok":true}
        > {"do":"hold","command":"GETINFO dormant","name":"h"}
        < {"ok":true}
        main: > GETINFO dormant
        main: > SIGNAL DEBUG
        main: < 650 SIGNAL DEBUG
        > {"do":"release","name":"h"}
        < {"ok":true,"released":2}
        main: < 250-dormant=0
        main: < 250 OK
        main: < 250 OK
        main: < 250-dormant=0
        main: < 250 OK
        main: < 250 OK
        > {"do":"hold","command":"GETINFO dormant","name":"h"}
        < {"ok":true}
        main: > GETINFO dormant
        main: > SIGNAL DEBUG
        main: < 650 SIGNAL DEBUG
        > {"do":"release","name":"h"}
        < {"ok":true,"released":1}
        main: < 250-dormant=0
        main: < 250 OK
        main: < 250 OK
        main: > GETINFO dormant
        main: < 551 no
        "#,
    );
}

#[test]
fn scripts_are_added_in_front() {
    check(
        r#"
        > {"do":"world","script":"[[on]]\ncommand = 'GETINFO version'\nreply = '250 one'"}
        < {"ok":true,"world":"w1","control":"*"}
        w1: > AUTHENTICATE
        w1: < 250 OK
        w1: > GETINFO version
        w1: < 250 one
        > {"do":"script","world":"w1","toml":"[[on]]\ncommand = 'GETINFO version'\nreply = '250 two'\ntimes = 1"}
        < {"ok":true}
        w1: > GETINFO version
        w1: < 250 two
        > {"do":"reset","world":"w1"}
        < {"ok":true}
        w1: closed
        w1: > AUTHENTICATE
        w1: < 250 OK
        w1: > GETINFO version
        w1: < 250 one
        "#,
    );
}

#[test]
fn strict_worlds_fail_by_what_is_unexpected() {
    check(
        r#"
        > {"do":"world","name":"a"}
        < {"ok":true,"world":"a","control":"*"}
        > {"do":"world","name":"b","strict":true}
        < {"ok":true,"world":"b","control":"*"}
        a: > AUTHENTICATE
        a: < 250 OK
        a: > BLARG
        a: < 510 Unrecognized command "BLARG"
        b: > AUTHENTICATE
        b: < 250 OK
        b: > BLARG
        b: < 510 Unrecognized command "BLARG"
        > {"do":"close","world":"a"}
        < {"ok":true,"met":true,"report":"*BLARG*"}
        > {"do":"close","world":"b"}
        < {"ok":true,"met":false,"report":"*BLARG*"}
        "#,
    );
}

#[test]
fn virtual_time_passes_when_it_is_told_to() {
    check(
        r#"
        > {"do":"world","time":"virtual"}
        < {"ok":true,"world":"w1","control":"*"}
        w1: > AUTHENTICATE
        w1: < 250 OK
        w1: > SETEVENTS BW
        w1: < 250 OK
        w1: < 650 BW 0 0
        > {"do":"advance","world":"w1","seconds":2.5}
        < {"ok":true}
        w1: < 650 BW 0 0
        w1: < 650 BW 0 0
        w1: > GETINFO uptime
        w1: < 250-uptime=2
        w1: < 250 OK
        > {"do":"received","world":"w1"}
        < {"ok":true,"commands":[{"connection":1,"at":0.0,"command":"AUTHENTICATE"},{"connection":1,"at":0.0,"command":"SETEVENTS BW"},{"connection":1,"at":2.5,"command":"GETINFO uptime"}]}
        > {"do":"transcript","world":"w1"}
        < {"ok":true,"transcript":"    0.000 #1 - opened\n    0.000 #1 > AUTHENTICATE\n    0.000 #1 < 250 OK\n    0.000 #1 > SETEVENTS BW\n    0.000 #1 < 250 OK\n    0.000 #1 < 650 BW 0 0\n    1.000 #1 < 650 BW 0 0\n    2.000 #1 < 650 BW 0 0\n    2.500 #1 > GETINFO uptime\n    2.500 #1 < 250-uptime=2\n    2.500 #1 < 250 OK\n"}
        "#,
    );
}

#[test]
fn a_world_starts_again() {
    check(
        r#"
        > {"do":"world","time":"virtual","auth":["password=x"],"script":"[[on]]\ncommand = 'GETINFO version'\nreply = ['250-version=9', '250 OK']\ntimes = 1"}
        < {"ok":true,"world":"w1","control":"*","password":"x"}
        w1: > AUTHENTICATE "x"
        w1: < 250 OK
        w1: > SETCONF Nickname=one
        w1: < 250 OK
        w1: > GETINFO version
        w1: < 250-version=9
        w1: < 250 OK
        w1: > TAKEOWNERSHIP
        w1: < 250 OK
        > {"do":"advance","world":"w1","seconds":5}
        < {"ok":true}
        > {"do":"verify","world":"w1"}
        < {"ok":true,"met":true}
        > {"do":"reset","world":"w1"}
        < {"ok":true}
        w1: closed
        > {"do":"received","world":"w1"}
        < {"ok":true,"commands":[]}
        > {"do":"verify","world":"w1"}
        < {"ok":true,"met":false,"report":"*script:1:1: GETINFO version: expected 1 time, came 0*"}
        w1: > AUTHENTICATE "x"
        w1: < 250 OK
        w1: > GETCONF Nickname
        w1: < 250 Nickname
        w1: > GETINFO uptime
        w1: < 250-uptime=0
        w1: < 250 OK
        w1: > GETINFO version
        w1: < 250-version=9
        w1: < 250 OK
        w1: > SIGNAL HALT
        w1: < 250 OK
        w1: closed
        > {"do":"reset","world":"w1"}
        < {"ok":false,"error":"expected a tor that runs, but this one has ended, and nobody can connect to it: start another"}
        "#,
    );
}

#[test]
fn a_world_that_is_closed_says_what_it_expected() {
    check(
        r#"
        > {"do":"world","script":"[[on]]\ncommand = 'QUIT'\ntimes = 1"}
        < {"ok":true,"world":"w1","control":"*"}
        w1: > AUTHENTICATE
        w1: < 250 OK
        > {"do":"close","world":"w1"}
        < {"ok":true,"met":false,"report":"*script:1:1: QUIT: expected 1 time, came 0*"}
        w1: closed
        > {"do":"close"}
        < {"ok":true,"met":true}
        > {"do":"verify"}
        < {"ok":false,"error":"the world \"main\" is closed: make it anew with {\"do\":\"world\",\"name\":\"main\"}, or name another"}
        "#,
    );
}
