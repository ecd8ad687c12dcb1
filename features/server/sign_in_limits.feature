Feature: What is counted of wrong passwords
  Wrong passwords are counted by account and by where they come from, for a while. Strangers could fill a database with
  what is counted, so there is a bound to that as well.

  @SV-9 @cost.seconds
  Rule: Wrong passwords are limited where nobody has set a limit

    Scenario Outline: <what>
      Given Ada has an account
      When Ada sends <what>
      Then Ada is answered with what says to ask again in 1 second
      And the log has <failed> requests that failed to sign in, with where they came from
      And the log has 1 request that was refused for too many failures
      And nothing else was changed

      Examples:
        | what                                               | failed |
        | 11 wrong passwords, one after the other            | 10     |
        | wrong passwords under 51 addresses that nobody has | 50     |

  @SV-9 @target.inprocess
  Rule: Each further wrong password doubles the wait, up to a minute

    Scenario Outline: <what>
      Given today is "2026-11-22"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "1"
      And Ada has an account
      When Ada sends <what>
      Then Ada is answered with what says to ask again in <wait>
      And nothing else was changed

      Examples:
        | what                                            | wait       |
        | 2 wrong passwords, a minute apart, and one more | 2 seconds  |
        | 4 wrong passwords, a minute apart, and one more | 8 seconds  |
        | 7 wrong passwords, a minute apart, and one more | 60 seconds |
        | 8 wrong passwords, a minute apart, and one more | 60 seconds |

  @SV-9 @target.inprocess
  Rule: A wrong password is forgotten after a while, even if the clock was set back

    Scenario Outline: kept for <kept> seconds, when the clock <shift>
      Given today is "2026-11-22"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And the switch SIGN_IN_FORGET_S is set to "<kept>"
      And Ada sends 3 wrong passwords, one after the other
      And the clock <shift>
      When Ada sends 4 wrong passwords, one after the other
      Then Ada is answered with what says to ask again in <wait>
      And the log has <failed> requests that failed to sign in, with where they came from

      Examples:
        | shift                        | wait      | failed | kept |
        | goes forward by 60 seconds   | 2 seconds | 4      | 60   |
        | goes forward by 60.5 seconds | 1 second  | 6      | 60   |
        | goes back by 60 seconds      | 1 second  | 3      | 60   |
        | goes back by 60.5 seconds    | 1 second  | 6      | 60   |
        | goes forward by 30.5 seconds | 1 second  | 6      | 30   |

    @cost.seconds
    Scenario: more than are kept
      Given today is "2026-11-22"
      And the switch SIGN_IN_ROWS_MAX is set to "100"
      And the switch SIGN_IN_SOURCE_FAILURES is set to "1000"
      And Ada has an account
      And Ada sends wrong passwords under 110 addresses that nobody has, in turn
      And the clock goes forward by 60 seconds
      When Ada asks for a token
      Then the log has 1 request that forgot the oldest failures, since more than may be were kept

  @SV-9
  Rule: An account is known to be used from the eight places where its owner was last

    Scenario Outline: the password from <count> others
      Given the switch SIGN_IN_ACCOUNT_FAILURES is set to "3"
      And Ada has an account
      And Ada sends the password from <count> other places
      And Ada sends 4 wrong passwords from elsewhere
      When Ada tries to ask for a token
      Then Ada is answered with <answer>
      And nothing else was changed

      Examples:
        | count | answer                             |
        | 7     | a token of their own               |
        | 8     | what says to ask again in 1 second |

  @SV-9
  Rule: All addresses of one network of IPv6 count as one place

    Scenario Outline: wrong passwords from 6 <where>
      Given the switch TRUSTED_PROXIES is set to "127.0.0.1"
      And the switch SIGN_IN_SOURCE_FAILURES is set to "5"
      And Ada has an account
      When Ada sends wrong passwords from 6 <where>
      Then Ada is refused with <status> "<words>"
      And nothing else was changed

      Examples:
        | where                    | status | words                                       |
        | addresses of one network | 429    | Too many passwords were wrong               |
        | networks                 | 401    | The e-mail address or the password is wrong |

  @SV-9 @target.process
  Rule: A password that was not looked at is not counted as wrong

    @cost.seconds
    Scenario: those that waited too long
      Given the switch DEV_FAST_PASSWORDS is set to "0"
      And the switch PASSWORDS_WAITING_MAX is set to "200"
      And the switch PASSWORDS_WAIT_S is set to "1"
      And the switch SIGN_IN_ACCOUNT_FAILURES is set to "100"
      And Ada has an account
      When Ada sends 60 wrong passwords at once
      Then Ada is answered with a refusal of each, and only what was looked at is counted
      And nothing else was changed
