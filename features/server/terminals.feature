Feature: What clients send, and terminals
  An operator reads logs and dumps on a terminal. What strangers have put into paths, headers and articles must not move
  its cursor, set its title or turn the direction of a line. It stays legible, as escapes.

  @SV-14 @target.process
  Rule: The log holds what clients sent as escapes, in both of its forms

    Scenario Outline: <form>
      Given the switch LOG_FORMAT is set to "<form>"
      And there is 1 article
      When somebody sends what a terminal would obey, wherever it can stand
      Then the log has 2 requests that held what a terminal would obey, all of it as escapes
      And nothing else was changed

      Examples:
        | form    |
        | json    |
        | console |

  @SV-14
  Rule: What commands print holds it as escapes, too

    Scenario: a dump of the log
      Given there is 1 article
      When somebody sends an article whose title a terminal would obey
      And the operator runs these commands
        | command        | code | says                                        |
        | log dump DIR   | 0    | été … u001b … u007f … u202e … udb40 … udc41 |
        | log verify DIR | 0    | whole                                       |
      Then these commands end as it says there
