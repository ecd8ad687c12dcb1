Feature: Large and slow requests
  A stranger must not be able to fill the server's memory or hold its connections. Clients within the limits are served
  up to the last byte of them, also while others go beyond.

  @SV-2
  Rule: Requests that are too large or too slow are refused, while others are served

    Scenario Outline: <what>
      Given the switch HEAD_S_MAX is set to "1"
      And the switch BODY_S_MAX is set to "1"
      When somebody sends <what>
      Then somebody is refused with <status> "<words>"
      And the server is well
      And nothing else was changed

      Examples:
        | what                              | status | words                     |
        | a head of 300 MB                  | 431    | head is over 65536 bytes  |
        | half a head and no more           | 408    | head took longer than 1 s |
        | a body of 20 MB                   | 413    | body is over 65536 bytes  |
        | a body of 1 MB where none is read | 405    | Method Not Allowed        |
        | what is no HTTP                   | 400    | Invalid                   |

      @cost.seconds
      Examples: more
        | what                                | status | words                          |
        | a head of 65537 bytes               | 431    | head is over 65536 bytes       |
        | nothing                             | 408    | head took longer than 1 s      |
        | half a body and no more             | 408    | body did not arrive within 1 s |
        | an account of 65537 bytes           | 413    | body is over 65536 bytes       |
        | an account of 65537 bytes in chunks | 413    | body is over 65536 bytes       |

  @SV-2
  Rule: A client that has left is not refused for being too slow

    @cost.seconds
    Scenario: half an account
      Given the switch HEAD_S_MAX is set to "2"
      And the switch BODY_S_MAX is set to "1"
      And Grace has half an account under way on a connection that was reset
      When somebody sends half a head and no more
      Then somebody is refused with 408 "head took longer than 2 s"
      And the log has 1 request that was refused because it was too slow

  @SV-2
  Rule: Requests that are as large as is allowed are served

    Scenario Outline: <what>
      Given Ada has a natal chart
      When somebody sends <what>
      Then somebody is answered with <answer>
      And the server is well

      Examples:
        | what                      | answer             |
        | a head of 65536 bytes     | life               |
        | an account of 65535 bytes | somebody's account |

      @cost.seconds
      Examples: more
        | what                                | answer             |
        | an account of 65536 bytes           | somebody's account |
        | an account of 65536 bytes in chunks | somebody's account |

  @SV-2
  Rule: As many connections as are allowed are served, and one more is told so

    Scenario: as many as are allowed
      Given the switch CONNECTIONS_MAX is set to "16"
      And Ada has a natal chart
      And Grace has 15 open connections
      When Ada tries to ask for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario: one more
      Given the switch CONNECTIONS_MAX is set to "16"
      And Ada has a natal chart
      And Grace has 16 open connections
      When Ada tries to ask for the current return
      Then Ada is answered with a refusal for too many connections
      And nothing else was changed
