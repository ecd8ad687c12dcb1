Feature: Tokens and their end
  A token is a key that anybody can copy. It is valid for a limited time, for one account, and only unaltered.

  @AC-3
  Rule: A token that is forged, altered or incomplete is refused

    Scenario Outline: <token>
      Given Grace has a natal chart
      And Ada has <token>
      When Ada tries to ask for the current return
      Then Ada is refused with 401 "Say who you are"
      And Ada is answered with the way to sign in
      And nothing else was changed

      Examples:
        | token                               |
        | a token that another key has signed |
        | a token that nobody has signed      |
        | a token whose text was changed      |
        | a token whose end is no number      |
        | a token of nobody                   |
        | a token that is nonsense            |
        | a token without the word Bearer     |

      @cost.seconds
      Examples: more
        | token                              |
        | a token that is cut off            |
        | a token without an end             |
        | a token of a number of 5000 digits |
        | a token that names a word          |
        | a token without a name             |
        | an empty token                     |
        | a token under the word Basic       |

    Scenario: the word before it in small letters
      Given Ada has a token under the word bearer in small letters
      When Ada tries to ask for the current return
      Then Ada is refused with 409 "There is no natal chart yet"
      And nothing else was changed

  @AC-3 @target.inprocess
  Rule: A token is valid until it expires, and not after that

    Scenario Outline: a token of 60 seconds when the clock <shift>
      Given today is "2026-11-22"
      And the switch TOKEN_TTL_S is set to "60"
      And Ada has an account
      And the clock <shift>
      When Ada tries to ask for the current return
      Then Ada is refused with <status> "<words>"
      And nothing else was changed

      Examples:
        | shift                        | status | words                       |
        | goes forward by 59.5 seconds | 409    | There is no natal chart yet |
        | goes forward by 60 seconds   | 401    | Say who you are             |
        | goes forward by 25 hours     | 401    | Say who you are             |
        | goes back by 1 hour          | 409    | There is no natal chart yet |

  @AC-3
  Rule: Among many who ask at once, each counts by their own token

    @cost.seconds
    Scenario: ten people, one of whom has deleted the account
      Given the upstream is well
      And Ada has ten guests with accounts, of whom one has left
      When Ada sends one search of all ten guests at once
      Then Ada is answered with the same for nine guests, and a refusal for the one who has left

  @AC-3 @target.process
  Rule: A token stays valid when the server restarts

    @cost.minute
    Scenario: the server is started again
      Given Ada has an account
      And the server is started again
      When Ada tries to ask for the current return
      Then Ada is refused with 409 "There is no natal chart yet"
      And nothing else was changed
