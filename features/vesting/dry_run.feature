Feature: Looking before releasing
  An operator looks at what a run would do before it moves money. Looking must not leave a trace in the database.

  @VR-3 @both-databases
  Rule: A dry run reports what a run would do, and writes nothing at all

    Scenario Outline: three mature lots<how>
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status   |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED   |
        | Ada   | AVENIR | 10000.00 | 2500.00  | AED      | 2025-01-20 | VESTED   |
        | Grace | AVENIR | 7500.00  | 0.00     | AED      | 2024-12-31 | VESTED   |
        | Grace | AVENIR | 1.00     | 1.00     | AED      | 2024-12-30 | RELEASED |
        | Grace | AVENIR | 2.00     | 0.00     | AED      | 2025-01-28 | VESTED   |
      When the operator runs "vesting-release --as-of 2025-01-27 --dry-run <more>"
      Then it ends with exit code 0
      And the run reports
        | as of      | currency | dry run | mature | executed | amount   | skipped | errors |
        | 2025-01-27 | AED      | yes     | 4      | 3        | 25000.00 | 1       | 0      |
      And Ada has 2500.00 AED available and 17500.00 AED locked
      And no sequence was drawn from
      And nothing else was changed

      Examples:
        | how          | more         |
        |              |              |
        | , lot by lot | --max-lots 1 |

    Scenario: the run that follows does what the dry run said
      Given the vault has these lots
        | owner | vault  | amount  | released | currency | matures    | status |
        | Ada   | AVENIR | 6000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 4000.00 | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 7500.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27 --dry-run"
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount   | skipped | errors |
        | 2025-01-27 | AED      | no      | 3      | 3        | 17500.00 | 0       | 0      |
      And 2 releases ran for Ada
      And 1 release ran for Grace
      And nothing else was changed

    Scenario: a lot that a run could not release
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 200.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada has 0.01 AED too little in the locked account
      When the operator runs "vesting-release --as-of 2025-01-27 --dry-run"
      Then it ends with exit code 1
      And the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | yes     | 2      | 1        | 200.00 | 0       | 1      |
      And the run names 1 lot of Ada in trouble
      And no sequence was drawn from
      And nothing else was changed

    Scenario: an administrator looks, over the network
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | EUR      | 2025-01-27 | VESTED |
      And Grace has an administrator's account
      When Grace sends a dry release as of 2025-01-27 in EUR
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | EUR      | yes     | 1      | 1        | 100.00 | 0       | 0      |
      And Ada has 0.00 EUR available and 100.00 EUR locked
      And no sequence was drawn from
      And nothing else was changed
