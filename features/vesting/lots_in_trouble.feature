Feature: Lots in trouble
  Where the books do not cover a lot, the operator must learn which one it is, and nobody else may wait for it.

  @VR-8 @both-databases
  Rule: A lot that the locked account does not cover is reported, and all others are released

    Scenario Outline: a cent is missing<how>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Grace | AVENIR | 1.00   | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 4.00   | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada has 0.01 AED too little in the locked account
      When the operator runs "vesting-release --as-of 2025-01-27 <more>"
      Then it ends with exit code 1
      And the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 3      | 2        | 5.00   | 0       | 1      |
      And the run names 1 lot of Ada in trouble
      And 2 releases ran for Grace
      And nothing else was changed

      Examples:
        | how          | more         |
        |              |              |
        | , lot by lot | --max-lots 1 |

    Scenario Outline: <missing> of two lots are missing
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada has <missing> AED too little in the locked account
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then it ends with exit code 1
      And the run reports
        | as of      | currency | dry run | mature | executed   | amount   | skipped | errors  |
        | 2025-01-27 | AED      | no      | 2      | <executed> | <amount> | 0       | <count> |
      And the run names <count> <lots> of Ada in trouble
      And <executed> <releases> ran for Ada
      And nothing else was changed

      Examples:
        | missing | executed | releases | amount | count | lots |
        | 100.00  | 1        | release  | 100.00 | 1     | lot  |
        | 100.01  | 0        | releases | 0.00   | 2     | lots |

    Scenario: two lots in trouble, one after the other, in the middle of a batch
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Grace | AVENIR | 1.00   | 0.00     | AED      | 2025-01-24 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 8.00   | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada has 6.00 AED too little in the locked account
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 4      | 2        | 9.00   | 0       | 2      |
      And the run names 2 lots of Ada in trouble
      And 2 releases ran for Grace
      And nothing else was changed

    Scenario: money of another currency does not cover it
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 500.00 | 0.00     | USD      | 2025-01-28 | VESTED |
      And Ada has 100.00 AED too little in the locked account
      And Grace has an administrator's account
      When Grace sends a release as of 2025-01-27
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 0        | 0.00   | 0       | 1      |
      And the run names 1 lot of Ada in trouble
      And nothing else was changed

    Scenario: the run after the books were put right
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-26 | VESTED |
      And Ada has 40.00 AED too little in the locked account
      And the operator runs "vesting-release --as-of 2025-01-27"
      And Ada has 40.00 AED given back to the locked account
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 1        | 100.00 | 0       | 0      |
      And 1 release ran for Ada
      And nothing else was changed

    Scenario Outline: a lot that the database itself refuses to release<how>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Grace | AVENIR | 1.00   | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 4.00   | 0.00     | AED      | 2025-01-27 | VESTED |
      And Ada has lots that the database refuses to change
      When the operator runs "vesting-release --as-of 2025-01-27 <more>"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 3      | 2        | 5.00   | 0       | 1      |
      And the run names 1 lot of Ada in trouble
      And it says "the auditors hold this lot"
      And 2 releases ran for Grace
      And nothing else was changed

      Examples:
        | how          | more         |
        |              |              |
        | , lot by lot | --max-lots 1 |
