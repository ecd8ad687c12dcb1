Feature: Signing in while somebody attacks
  Strangers try passwords, and keep a server busy with sign-ins that they do not wait for. They must not get in, must not
  learn who has an account, and must not keep its owner out.

  @SV-9 @both-databases
  Rule: After some wrong passwords the next attempt has to wait

    Scenario Outline: <what>
      Given the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And the switch SIGN_IN_SOURCE_FAILURES is set to "5"
      And Ada has an account
      When Ada sends <what>
      Then Ada is answered with what says to ask again in 1 second
      And the log has <failed> requests that <where>
      And the log has 1 request that was refused for too many failures
      And nothing else was changed

      Examples:
        | what                                              | failed | where                                        |
        | 4 wrong passwords, one after the other            | 3      | failed to sign in, with where they came from |
        | 4 wrong passwords from elsewhere                  | 3      | failed to sign in from elsewhere             |
        | wrong passwords under 6 addresses that nobody has | 5      | failed to sign in, with where they came from |

      @cost.seconds
      Examples: more
        | what                                          | failed | where                                        |
        | 4 changes of the password with wrong old ones | 3      | failed to sign in, with where they came from |

    @target.process
    Scenario: on another server, after a restart
      Given 2 servers that share a database
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And Ada has an account
      And Ada sends 3 wrong passwords, one after the other
      And the second server is started again
      When Ada sends up to 3 wrong passwords to the second server
      Then Ada is refused with 429 "Too many passwords were wrong"
      And nothing else was changed

  @SV-9 @target.inprocess
  Rule: The wait is short, and the right password ends it

    Scenario Outline: the clock <shift>
      Given today is "2026-11-22"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And Ada has an account
      And Ada sends 3 wrong passwords, one after the other
      And the clock <shift>
      When Ada tries to ask for a token
      Then Ada is answered with <answer>
      And nothing else was changed

      Examples:
        | shift                       | answer                             |
        | goes forward by 0.5 seconds | what says to ask again in 1 second |
        | goes forward by 1 second    | a token of their own               |
        | goes back by 1 hour         | a token of their own               |

  @SV-9
  Rule: Strangers cannot keep an owner out who comes from where they always come

    Scenario Outline: <what>
      Given the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And the switch SIGN_IN_SOURCE_FAILURES is set to "5"
      And Ada has an account
      And Ada sends <what>
      When Ada tries to ask for a token
      Then Ada is answered with a token of their own
      And nothing else was changed

      Examples:
        | what                                              |
        | 9 wrong passwords from elsewhere                  |
        | wrong passwords under 6 addresses that nobody has |

  @SV-9 @target.process
  Rule: What nobody waits for is not done, and no more waits than may

    @cost.seconds
    Scenario: sign-ins that are abandoned
      Given the switch DEV_FAST_PASSWORDS is set to "0"
      And the switch PASSWORDS_WAITING_MAX is set to "200"
      And the switch PASSWORDS_WAIT_S is set to "60"
      And Ada has an account
      When Ada sends 30 sign-ins that are abandoned, and the password
      Then Ada is answered with a token, not much later than when nobody else signs in
      And the log has 10 requests that failed to sign in, or fewer
      And nothing else was changed

    Scenario: more than may wait
      Given the switch DEV_FAST_PASSWORDS is set to "0"
      And the switch PASSWORDS_WAITING_MAX is set to "4"
      And the switch PASSWORDS_WAIT_S is set to "60"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "100"
      And Ada has an account
      When Ada sends 20 wrong passwords at once
      Then Ada is answered with a refusal of each, some because too many wait
      And nothing else was changed

  @SV-9 @target.process
  Rule: How long a refusal takes does not say whether there is an account

    @cost.seconds
    Scenario: from the first one on
      Given the switch DEV_FAST_PASSWORDS is set to "0"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "100"
      And Ada has an account
      When Ada sends wrong passwords for the account and for none, in turn
      Then Ada is answered with the same refusal as late, from the first one on
      And nothing else was changed

  @SV-9
  Rule: Each sign-in has a line in the log, with where it came from

    Scenario: two that are granted
      Given Ada has an account
      When Ada asks for a token
      Then the log has 2 requests that signed in, with where they came from
      And nothing else was changed
