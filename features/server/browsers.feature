Feature: Browsers, caches and proxies
  Between a person and the server there are browsers that guess, caches that keep, and proxies that ask whether the server
  lives. Each of them goes by headers, and by what RFC 9110 says of them.

  @SV-16
  Rule: No answer lets a browser guess its type, and no private answer lets a cache keep it

    Scenario: answers of every kind
      Given Ada has a natal chart
      And Ada has a return that cannot be read
      When Ada sends a request of every kind
      Then Ada is answered with what browsers and caches must know, each time

  @SV-16
  Rule: Nobody is led to another host

    Scenario Outline: <what>
      Given there is 1 article
      When somebody sends <what>
      Then somebody is refused with 404 "nothing here"
      And nothing else was changed

      Examples:
        | what                                              |
        | GET /health/ at the host evil.example             |
        | POST /api/auth/register/ at the host evil.example |

      @cost.seconds
      Examples: more
        | what                                           |
        | GET //health at the host evil.example          |
        | PUT /api/natal-chart/ at the host evil.example |

  @SV-16
  Rule: What a client has is not sent again, and what it does not expect is not changed

    Scenario Outline: a question, <how>
      Given there is 1 article
      When somebody sends a question for the first article, <how>
      Then somebody is answered with <answer>
      And nothing else was changed

      Examples:
        | how                        | answer                      |
        | of which one has version 1 | nothing new                 |
        | of which one has version 7 | the article's first version |

      @cost.seconds
      Examples: more
        | how                                | answer      |
        | of which one has version 1, weakly | nothing new |
        | of which one has versions 7 and 1  | nothing new |
        | of which one has any version       | nothing new |

    Scenario Outline: a change, <how>
      Given there is 1 article
      When somebody sends a change of the first article, <how>
      Then somebody is refused with 412 "another version by now"
      And nothing else was changed

      Examples:
        | how                        |
        | if there is none           |
        | if it is of version 7 or 8 |

      @cost.seconds
      Examples: more
        | how                           |
        | if it is not of version 1     |
        | if it is of version 1, weakly |

  @SV-16
  Rule: A probe is answered however many connections there are

    Scenario: more connections than are served
      Given the switch CONNECTIONS_MAX is set to "16"
      And Grace has 16 open connections
      When somebody sends a probe of life
      Then somebody is answered with life

  @SV-16
  Rule: The client in the log is the one that trusted proxies name, and nobody else is believed

    Scenario Outline: <line>, where <proxies> are trusted
      Given the switch TRUSTED_PROXIES is set to "<proxies>"
      When somebody sends a probe of life with <line>
      Then the log has 1 request that came from <client>

      Examples:
        | proxies               | line                                                      | client               |
        | 127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 198.51.100.1, 203.0.113.7                | 203.0.113.7 by http  |
        | 10.0.0.0/8            | X-Forwarded-For: 203.0.113.7                              | 127.0.0.1            |
        | 127.0.0.1             | X-Forwarded-For: 203.0.113.7 and X-Forwarded-Proto: https | 203.0.113.7 by https |

      @cost.seconds
      Examples: more
        | proxies               | line                                   | client              |
        | 127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 203.0.113.7, 10.1.2.3 | 203.0.113.7 by http |
        | 127.0.0.0/8           | X-Forwarded-For: 203.0.113.7, nobody   | 127.0.0.1 by http   |
        | 127.0.0.1             | X-Forwarded-For: [2001:db8::7]:4711    | 2001:db8::7 by http |
        | 127.0.0.1             | Forwarded: for=203.0.113.7;proto=https | 127.0.0.1 by http   |

    Scenario Outline: <line>, where proxies write it
      Given the switch TRUSTED_PROXIES is set to "127.0.0.1"
      And the switch PROXY_HEADER is set to "forwarded"
      When somebody sends a probe of life with <line>
      Then the log has 1 request that came from <client>

      Examples:
        | line                                                  | client               |
        | Forwarded: for=198.51.100.1, for="203.0.113.7:80"     | 203.0.113.7 by http  |
        | X-Forwarded-For: 203.0.113.7                          | 127.0.0.1 by http    |
        | Forwarded: for=203.0.113.7, for=127.0.0.1;proto=https | 203.0.113.7 by https |

  @SV-16 @target.process
  Rule: A server that is told to stop says so for a while, before it takes nobody any more

    @cost.seconds
    Scenario: two seconds
      Given the switch LAME_DUCK_S is set to "2"
      And Ada has a natal chart
      When the first server is told to stop
      And somebody sends a question a second later whether it lives and is ready
      Then somebody is answered with life, and no readiness while it stops
      And it ends with exit code 0
