Feature: Where a message ends
  Client and server must agree where each message ends. Where they do not, part of one is run as another request. What
  the server does not speak is refused or ignored; what it has taken it answers, whatever comes after.

  @SV-6
  Rule: What the server does not speak is refused before it is run

    Scenario Outline: <what>
      Given there are 3 articles
      When somebody sends <what>
      Then somebody is refused with <status> "<words>"
      And the server is well
      And nothing else was changed

      Examples:
        | what                     | status | words                     |
        | a request of HTTP/2.0    | 505    | Only HTTP/1.1 and         |
        | a request without a host | 400    | One Host header is wanted |
        | a request for a tunnel   | 501    | no tunnel                 |

      @cost.seconds
      Examples: more
        | what                                   | status | words                     |
        | a request of HTTP/0.9                  | 505    | Only HTTP/1.1 and         |
        | a request with two hosts               | 400    | One Host header is wanted |
        | an account in an unknown coding        | 501    | transfer coding           |
        | the first bytes of HTTP/2              | 400    | Invalid                   |
        | a request with a host that is none     | 400    | names no host             |
        | an account with a length and in chunks | 400    | Invalid                   |

  @SV-6
  Rule: An upgrade is ignored, and its body is read to its end

    Scenario Outline: an upgrade to <token> with a body <how>
      Given there are 3 articles
      When somebody sends an upgrade to <token> whose body, <how>, deletes an article
      Then somebody is answered with life, twice
      And the server is well
      And nothing else was changed

      Examples:
        | token     | how                |
        | h2c       | of a stated length |
        | websocket | in chunks          |

      @cost.seconds
      Examples: more
        | token   | how                |
        | TLS/1.0 | of a stated length |
        | h2c     | in chunks          |

  @SV-6
  Rule: A request that was taken is answered, though its client sends no more, or sends what is wrong

    Scenario: a client that has ended its side
      Given Ada has a natal chart
      When somebody sends an account, and the end of what is sent
      Then somebody is answered with somebody's account
      And the server is well

    Scenario Outline: <what>
      Given the switch HEAD_S_MAX is set to "1"
      And the switch BODY_S_MAX is set to "1"
      And Ada has a natal chart
      And Ada asks for the current return
      When Ada sends a request that takes long, <what>
      Then Ada is answered with the return, and a refusal with <status> behind it
      And nothing else was changed

      Examples:
        | what                        | status |
        | and garbage behind it       | 400    |
        | and a body that never comes | 408    |
        | and a body in broken chunks | 400    |

      @cost.seconds
      Examples: more
        | what                      | status |
        | and half a head behind it | 408    |
