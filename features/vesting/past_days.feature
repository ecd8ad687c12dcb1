Feature: Replaying past days
  After an incident the operator replays the days that were missed. No day may be paid twice, and none too early.

  @VR-4 @both-databases
  Rule: A run is of the day that it is given, and catches up on the days before

    Scenario Outline: as of <day>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-28 | VESTED |
      When the operator runs "vesting-release --as-of <day>"
      Then it ends with exit code 0
      And the run reports
        | as of | currency | dry run | mature  | executed | amount   | skipped | errors |
        | <day> | AED      | no      | <count> | <count>  | <amount> | 0       | 0      |
      And <count> releases ran for Ada
      And Ada has <amount> AED available and <locked> AED locked
      And nothing else was changed

      Examples:
        | day        | count | amount | locked |
        | 2025-01-25 | 0     | 0.00   | 7.00   |
        | 2025-01-27 | 2     | 3.00   | 4.00   |
        | 2025-01-28 | 3     | 7.00   | 0.00   |

      @cost.seconds
      Examples: more
        | day        | count | amount | locked |
        | 2025-01-26 | 1     | 1.00   | 6.00   |
        | 2025-12-31 | 3     | 7.00   | 0.00   |

    Scenario: days that were missed, years of them
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2020-02-29 | VESTED |
        | Grace | AVENIR | 2.00   | 0.00     | AED      | 2023-12-31 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-26 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 3      | 3        | 7.00   | 0       | 0      |
      And 2 releases ran for Ada
      And 1 release ran for Grace
      And nothing else was changed

    Scenario: an earlier day after a later one
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-20 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-28 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      When the operator runs "vesting-release --as-of 2025-01-20"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-20 | AED      | no      | 1      | 0        | 0.00   | 1       | 0      |
      And Ada has 3.00 AED available and 4.00 AED locked
      And nothing else was changed

    Scenario: today, where no day is given
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures   | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | yesterday | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | today     | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | tomorrow  | VESTED |
      When the operator runs "vesting-release"
      Then it ends with exit code 0
      And the run reports
        | as of | currency | dry run | mature | executed | amount | skipped | errors |
        | today | AED      | no      | 2      | 2        | 3.00   | 0       | 0      |
      And 2 releases ran for Ada
      And Ada has 3.00 AED available and 4.00 AED locked
      And nothing else was changed

    Scenario Outline: <day> and <currency>, given to an administrator's run
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | EUR      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 8.00   | 0.00     | EUR      | 2025-01-27 | VESTED |
      And Grace has an administrator's account
      When Grace sends a release as of <day> in <currency>
      Then the run reports
        | as of | currency   | dry run | mature  | executed | amount   | skipped | errors |
        | <day> | <currency> | no      | <count> | <count>  | <amount> | 0       | 0      |
      And <count> releases ran for Ada
      And nothing else was changed

      Examples:
        | day        | currency | count | amount |
        | 2025-01-26 | EUR      | 1     | 2.00   |
        | 2025-01-27 | EUR      | 2     | 10.00  |

      @cost.seconds
      Examples: more
        | day        | currency | count | amount |
        | 2025-01-26 | AED      | 1     | 1.00   |
