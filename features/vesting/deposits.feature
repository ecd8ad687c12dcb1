Feature: Depositing in the vault
  A deposit locks money for 365 days, and the owner sees at any time what is available, what is locked, and until when.

  @VR-16 @both-databases
  Rule: A deposit moves what is available into the vault, and makes a lot of it

    Scenario: all that is available
      Given Ada has 100.00 AED in the wallet
      And Grace has 70.00 AED in the wallet
      When Ada sends a deposit of 100.00 AED
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And Ada has 0.00 AED available and 100.00 AED locked
      And the books balance
      And nothing else was changed

    Scenario: the largest amount that there is
      Given Ada has 999999999999.99 AED in the wallet
      When Ada sends a deposit of 999999999999.99 AED
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And Ada has 0.00 AED available and 999999999999.99 AED locked
      And the books balance
      And nothing else was changed

    Scenario: two deposits of one day are two lots
      Given Ada has 40.00 AED in the vault
      And Ada has 60.00 AED in the wallet
      When Ada sends a deposit of 40.00 AED
      Then Ada is answered with the lot that is there
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures           | status |
        | Ada   | AVENIR | 40.00  | 0.00     | AED      | 365 days from now | VESTED |
        | Ada   | AVENIR | 40.00  | 0.00     | AED      | 365 days from now | VESTED |
      And 1 deposit ran for Ada
      And Ada has 20.00 AED available and 80.00 AED locked
      And nothing else was changed

    Scenario: the wallet is filled
      Given Ada has 40.00 AED in the wallet
      When Ada sends a funding of 0.05 AED
      Then 1 funding ran for Ada
      And Ada has 40.05 AED available and 0.00 AED locked
      And the books balance
      And nothing else was changed

    Scenario Outline: a deposit of <amount> of <available> AED that are available
      Given Ada has <available> AED in the wallet
      And Ada has 500.00 USD in the wallet
      And Ada has 500.00 AED in the vault
      And Grace has 500.00 AED in the wallet
      When Ada sends a deposit of <amount> AED
      Then Ada is refused with 422 "available"
      And Ada has <available> AED available and 500.00 AED locked
      And nothing else was changed

      Examples:
        | available | amount |
        | 100.00    | 100.01 |
        | 0.01      | 0.02   |

    Scenario: the first thing that somebody does
      Given Grace has 500.00 AED in the wallet
      When Ada sends a deposit of 1.00 AED
      Then Ada is refused with 422 "available"
      And 1 welcome ran for Ada
      And nothing else was changed

    Scenario: ten deposits at once, of which the wallet covers three
      Given Ada has 100.00 AED in the wallet
      When Ada sends a deposit of 30.00 AED 10 times at once
      Then 3 of them are granted, and the other 7 are refused with 422 "available"
      And 3 deposits ran for Ada
      And Ada has 10.00 AED available and 90.00 AED locked
      And the books balance
      And nothing else was changed

    Scenario: ten first fundings at once
      Given Ada has an account
      When Ada sends a funding of 30.00 AED 10 times at once
      Then all 10 of them are granted
      And 10 fundings ran for Ada
      And Ada has 300.00 AED available and 0.00 AED locked
      And the books balance
      And nothing else was changed

  @VR-16 @both-databases
  Rule: The wallet and the timeline say what is there, by currency, and what is still to come, by day

    Scenario: what is still to come
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status   |
        | Ada   | AVENIR | 100.00 | 100.00   | AED      | 2025-01-26 | RELEASED |
        | Ada   | AVENIR | 200.00 | 0.00     | AED      | 2025-01-28 | VESTED   |
        | Ada   | AVENIR | 300.00 | 50.00    | AED      | 2025-01-27 | VESTED   |
        | Ada   | AVENIR | 400.50 | 0.00     | AED      | 2025-01-28 | VESTED   |
        | Ada   | AVENIR | 800.00 | 0.00     | EUR      | 2025-01-27 | VESTED   |
        | Ada   | FLEX   | 900.00 | 0.00     | AED      | 2025-01-27 | VESTED   |
        | Grace | AVENIR | 700.00 | 0.00     | AED      | 2025-01-27 | VESTED   |
      When Ada asks for the timeline in AED
      Then Ada is answered with these days
        | date       | amount |
        | 2025-01-27 | 250.00 |
        | 2025-01-28 | 600.50 |
      And nothing else was changed

    Scenario Outline: a wallet without <currency>
      Given Grace has 5 transactions
      When Ada asks for <wallet>
      Then Ada has <nothing> <currency> available and <nothing> <currency> locked
      And 1 welcome ran for Ada
      And nothing else was changed

      Examples:
        | wallet            | currency | nothing |
        | the wallet in AED | AED      | 0.00    |
        | the wallet in JPY | JPY      | 0       |
        | the wallet in BHD | BHD      | 0.000   |
