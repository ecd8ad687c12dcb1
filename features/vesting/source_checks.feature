Feature: The queries of the runbook
  An operator checks a run by the queries of the runbook, word for word. They must find what the run has reported.

  @VR-5 @database.postgres
  Rule: The runbook's queries find what was released, by day and by run

    Scenario: a run on the day that the lots mature
      Given today is "2025-01-27T00:05:00Z"
      And Grace has an administrator's account
      And the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 20000.00 | 5000.00  | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 40000.00 | 0.00     | AED      | 2025-01-28 | VESTED |
      When Grace sends a release
      Then 2 releases ran for Ada
      And the runbook's query for releases on 2025-01-27 finds "2, 25000.00"
      And the runbook's query for lots released on 2025-01-27 finds "2, 30000.00"
      And the runbook's query for the releases of this run finds "2"

    Scenario: the newest releases
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then 1 release ran for Ada
      And the runbook's query for the newest releases finds "10000.00, AVENIR"

  @VR-4 @database.postgres
  Rule: The runbook's queries find what is still to be released

    Scenario Outline: <when>
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status   |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-26 | VESTED   |
        | Ada   | AVENIR | 20000.00 | 5000.00  | AED      | 2025-01-27 | VESTED   |
        | Grace | AVENIR | 500.00   | 500.00   | AED      | 2025-01-27 | RELEASED |
        | Grace | AVENIR | 40000.00 | 0.00     | AED      | 2025-01-28 | VESTED   |
      When the operator runs "<command>"
      Then the runbook's query for lots pending on 2025-01-27 finds "<pending>"
      And the runbook's query for the next days finds "<next>"

      Examples:
        | when            | command                                      | pending     | next                                                                      |
        | after a dry run | vesting-release --as-of 2025-01-27 --dry-run | 2, 25000.00 | 2025-01-26, 1, 10000.00; 2025-01-27, 1, 15000.00; 2025-01-28, 1, 40000.00 |
        | after a run     | vesting-release --as-of 2025-01-27           | 0, None     | 2025-01-28, 1, 40000.00                                                   |
        | a day too early | vesting-release --as-of 2025-01-26           | 1, 15000.00 | 2025-01-27, 1, 15000.00; 2025-01-28, 1, 40000.00                          |
