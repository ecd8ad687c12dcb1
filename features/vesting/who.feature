Feature: Who may move money
  Releasing lots, and putting money into somebody's wallet, is for administrators. Everybody sees their own money only.

  @VR-17
  Rule: Nobody moves or sees money without saying who they are

    Scenario Outline: somebody who sends <what>
      Given Ada has 100.00 AED in the vault
      When somebody sends <what>
      Then somebody is refused with 401 "Say who you are"
      And nothing else was changed

      Examples:
        | what                   |
        | a deposit of 10.00 AED |
        | a release              |

      @cost.seconds
      Examples: more
        | what                   |
        | a funding of 10.00 AED |
        | a dry release          |

  @VR-17
  Rule: Only an administrator releases lots over the network, or fills the wallet of somebody else

    Scenario Outline: a user who sends <what>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And Grace has an account
      When Grace sends <what>
      Then Grace is refused with 403 "administrator"
      And Ada has 0.00 AED available and 100.00 AED locked
      And nothing else was changed

      Examples:
        | what                           |
        | a release                      |
        | a dry release as of 2025-01-27 |

      @cost.seconds
      Examples: more
        | what                          |
        | a release as of 2025-01-27    |
        | a funding of 5.00 AED for Ada |

    Scenario: a user who has no money either
      Given Grace has an account
      When Grace sends a release
      Then Grace is refused with 403 "administrator"
      And nothing else was changed

    Scenario: an administrator fills somebody's wallet
      Given Ada has 1.00 AED in the wallet
      And Grace has an administrator's account
      When Grace sends a funding of 5.00 AED for Ada
      Then 1 funding ran for Ada
      And Ada has 6.00 AED available and 0.00 AED locked
      And Grace has 0.00 AED available and 0.00 AED locked
      And nothing else was changed

    Scenario: in production nobody fills a wallet of their own
      Given a server whose environment is "production"
      And Ada has an account
      When Ada sends a funding of 5.00 AED
      Then Ada is refused with 403 "administrator"
      And nothing else was changed

    Scenario: in production an administrator does
      Given a server whose environment is "production"
      And Ada has an account
      And Grace has an administrator's account
      When Grace sends a funding of 5.00 AED for Ada
      Then 1 funding ran for Ada
      And Ada has 5.00 AED available and 0.00 AED locked
      And nothing else was changed

    Scenario: an administrator names somebody who is not there
      Given Ada has 1.00 AED in the wallet
      And Grace has an administrator's account
      When Grace sends a funding of 5.00 AED for nobody
      Then Grace is told that the field "user_id" is wrong
      And nothing else was changed

  @VR-17 @both-databases
  Rule: When an account is deleted, the books keep its money

    Scenario: one of two people leaves
      Given Ada has an account
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 50.00    | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 70.00  | 0.00     | AED      | 2025-01-27 | VESTED |
      When Ada deletes the account
      Then nothing of Ada is left
      And 1 farewell ran for Ada
      And the books balance
      And Grace has 0.00 AED available and 70.00 AED locked
      And nothing else was changed

    Scenario: a lot of somebody who has left matures
      Given Ada has an account
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 70.00  | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada deletes the account
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 2        | 170.00 | 0       | 0      |
      And the vault has these lots
        | owner  | vault  | amount | released | currency | matures    | status   |
        | nobody | AVENIR | 100.00 | 100.00   | AED      | 2025-01-27 | RELEASED |
        | Grace  | AVENIR | 70.00  | 70.00    | AED      | 2025-01-27 | RELEASED |
      And 1 release ran for Grace
      And the books balance
