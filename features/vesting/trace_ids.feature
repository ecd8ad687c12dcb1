Feature: The id of a run
  People who look into a payment want to find the run that made it, and everything else that this run has done.

  @VR-5 @both-databases
  Rule: Each run has an id of its own, of the day that it is of, and each of its releases bears it

    Scenario: one run of a past day
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 200.00 | 50.00    | AED      | 2025-01-20 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27 --max-lots 1"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 2        | 250.00 | 0       | 0      |
      And 2 releases ran for Ada
      And the releases of Ada bear 1 trace id
      And nothing else was changed

    Scenario Outline: two runs of <which>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 200.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of <day>"
      Then 1 release ran for Ada
      And the releases of Ada bear 2 trace ids
      And nothing else was changed

      Examples:
        | which    | day        |
        | one day  | 2025-01-27 |
        | two days | 2025-01-28 |

    Scenario: an administrator's run
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-26 | VESTED |
      And Grace has an administrator's account
      When Grace sends a release as of 2025-01-27
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 1        | 100.00 | 0       | 0      |
      And 1 release ran for Ada
      And the releases of Ada bear 1 trace id
      And nothing else was changed
