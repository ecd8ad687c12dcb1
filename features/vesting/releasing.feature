Feature: Releasing mature lots
  Money in the AVENIR vault is locked for 365 days. People count on getting it back on that day, all of it, once; and
  the bank counts on its books to balance.

  @VR-1 @both-databases
  Rule: A run releases every mature lot, once, and moves what is left of it from locked to available

    Scenario: three mature lots of two people
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 12500.50 | 0.00     | AED      | 2025-01-20 | VESTED |
        | Grace | AVENIR | 7499.50  | 0.00     | AED      | 2024-12-31 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then it ends with exit code 0
      And the run reports
        | as of      | currency | dry run | mature | executed | amount   | skipped | errors |
        | 2025-01-27 | AED      | no      | 3      | 3        | 30000.00 | 0       | 0      |
      And 2 releases ran for Ada
      And 1 release ran for Grace
      And the books balance
      And nothing else was changed

    Scenario: what is not mature, not of this currency, not of this vault, or released already
      Given the vault has these lots
        | owner | vault  | amount  | released | currency | matures    | status   |
        | Ada   | AVENIR | 100.00  | 0.00     | AED      | 2025-01-27 | VESTED   |
        | Ada   | AVENIR | 200.00  | 0.00     | AED      | 2025-01-28 | VESTED   |
        | Ada   | AVENIR | 300.00  | 0.00     | USD      | 2025-01-27 | VESTED   |
        | Ada   | FLEX   | 400.00  | 0.00     | AED      | 2025-01-27 | VESTED   |
        | Ada   | AVENIR | 500.00  | 500.00   | AED      | 2025-01-26 | RELEASED |
        | Grace | AVENIR | 1000.00 | 0.00     | EUR      | 2025-01-27 | VESTED   |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 1        | 100.00 | 1       | 0      |
      And 1 release ran for Ada
      And the vault has these lots
        | owner | vault  | amount  | released | currency | matures    | status   |
        | Ada   | AVENIR | 100.00  | 100.00   | AED      | 2025-01-27 | RELEASED |
        | Ada   | AVENIR | 200.00  | 0.00     | AED      | 2025-01-28 | VESTED   |
        | Ada   | AVENIR | 300.00  | 0.00     | USD      | 2025-01-27 | VESTED   |
        | Ada   | FLEX   | 400.00  | 0.00     | AED      | 2025-01-27 | VESTED   |
        | Ada   | AVENIR | 500.00  | 500.00   | AED      | 2025-01-26 | RELEASED |
        | Grace | AVENIR | 1000.00 | 0.00     | EUR      | 2025-01-27 | VESTED   |
      And Ada has 600.00 AED available and 600.00 AED locked
      And nothing else was changed

    Scenario: what is left of a lot that was released in part
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 2500.25  | AED      | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount  | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 1        | 7499.75 | 0       | 0      |
      And 1 release ran for Ada
      And Ada has 10000.00 AED available and 0.00 AED locked
      And the books balance
      And nothing else was changed

    Scenario Outline: <first> and <second> <currency>, to the last digit
      Given the vault has these lots
        | owner | vault  | amount   | released | currency   | matures    | status |
        | Ada   | AVENIR | <first>  | 0        | <currency> | 2025-01-27 | VESTED |
        | Ada   | AVENIR | <second> | 0        | <currency> | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27 --currency <currency>"
      Then the run reports
        | as of      | currency   | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | <currency> | no      | 2      | 2        | <sum>  | 0       | 0      |
      And 2 releases ran for Ada
      And Ada has <sum> <currency> available and <nothing> <currency> locked
      And the books balance
      And nothing else was changed

      Examples:
        | first | second  | sum     | currency | nothing |
        | 0.01  | 0.02    | 0.03    | AED      | 0.00    |
        | 1     | 1000000 | 1000001 | JPY      | 0       |

      @cost.seconds
      Examples: more
        | first             | second            | sum               | currency | nothing |
        | 45035996273704.97 | 45035996273704.96 | 90071992547409.93 | USD      | 0.00    |
        | 0.001             | 99.999            | 100.000           | BHD      | 0.000   |

    Scenario: more lots than a batch takes
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 2.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 8.00   | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 16.00  | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27 --max-lots 2"
      Then it ends with exit code 0
      And the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 5      | 5        | 31.00  | 0       | 0      |
      And 3 releases ran for Ada
      And 2 releases ran for Grace
      And the books balance
      And nothing else was changed

    Scenario Outline: a vault without a mature lot, <where>
      Given Ada has 50.00 AED <where>
      When the operator runs "vesting-release"
      Then it ends with exit code 0
      And the run reports
        | as of | currency | dry run | mature | executed | amount | skipped | errors |
        | today | AED      | no      | 0      | 0        | 0.00   | 0       | 0      |
      And 0 releases ran for Ada
      And nothing else was changed

      Examples:
        | where         |
        | in the vault  |
        | in the wallet |

  @VR-1
  Rule: What somebody deposits comes back on the 365th day, and not on the day before

    Scenario Outline: <days> days after the deposit
      Given today is "2024-01-28"
      And Ada has 10000.00 AED in the vault
      And <days> days have passed
      And Grace has an administrator's account
      When Grace sends a release
      Then the run reports
        | as of | currency | dry run | mature   | executed | amount   | skipped | errors |
        | today | AED      | no      | <mature> | <mature> | <amount> | 0       | 0      |
      And <mature> <releases> ran for Ada
      And nothing else was changed

      Examples:
        | days | mature | releases | amount   |
        | 364  | 0      | releases | 0.00     |
        | 365  | 1      | release  | 10000.00 |
        | 366  | 1      | release  | 10000.00 |

  @VR-7 @database.postgres
  Rule: A run that cannot reach its database for three lots in a row ends, and an administrator learns that not all is known

    Scenario: the answers to a batch, and to the first two of its lots
      Given a server whose database is behind a network that can fail
      And 60 mature lots of 3 people
      And Grace has an administrator's account
      And Grace asks for the wallet in AED
      And the network loses the answers to the next 3 commits
      When Grace sends a release
      Then each of the 60 lots was released once
      And the run reports
        | as of | currency | dry run | mature | executed | amount  | skipped | errors |
        | today | AED      | no      | 60     | 60       | 1890.00 | 0       | 0      |

    Scenario: the answers to a batch, and to the first three of its lots
      Given a server whose database is behind a network that can fail
      And 60 mature lots of 3 people
      And Grace has an administrator's account
      And Grace asks for the wallet in AED
      And the network loses the answers to the next 4 commits
      When Grace sends a release
      Then Grace is refused with 503 "did not say whether it kept this"
      And each of the 60 lots was released once
