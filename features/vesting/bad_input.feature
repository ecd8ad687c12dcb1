Feature: Money that makes no sense
  A client may send any text as an amount. It gets one answer that names what is wrong, and no money moves.

  @VR-15 @both-databases
  Rule: What is wrong is refused with the name of the field, and moves nothing

    Scenario Outline: <what> of <amount> <currency>
      Given Ada has 100.00 AED in the wallet
      And Ada has 5.00 AED in the vault
      When Ada sends <what> of <amount> <currency>
      Then Ada is told that the field "<field>" is wrong
      And Ada has 100.00 AED available and 5.00 AED locked
      And nothing else was changed

      Examples:
        | what      | amount | currency | field    |
        | a deposit | 0      | AED      | amount   |
        | a deposit | NaN    | AED      | amount   |
        | a deposit | 1,00   | AED      | amount   |
        | a deposit | 1.001  | AED      | amount   |
        | a deposit | 1.5    | JPY      | amount   |
        | a deposit | 1.00   | XXX      | currency |
        | a funding | 0.00   | AED      | amount   |

      @cost.seconds
      Examples: more
        | what      | amount                  | currency | field    |
        | a deposit | -0.01                   | AED      | amount   |
        | a deposit | 1e1                     | AED      | amount   |
        | a deposit | ١٢                      | AED      | amount   |
        | a deposit | 99999999999999999999999 | AED      | amount   |
        | a deposit | 1000000000000           | AED      | amount   |
        | a funding | 1.001                   | AED      | amount   |
        | a funding | 1.00                    | XXX      | currency |
        | a deposit | 0.00                    | AED      | amount   |
        | a deposit | +1.00                   | AED      | amount   |
        | a deposit | Infinity                | AED      | amount   |
        | a deposit | 1E+1                    | AED      | amount   |
        | a deposit | 0x10                    | AED      | amount   |
        | a deposit | 1_000                   | AED      | amount   |
        | a deposit | .5                      | AED      | amount   |
        | a deposit | 5.                      | AED      | amount   |
        | a deposit | 1.000                   | AED      | amount   |
        | a deposit | 1.0001                  | BHD      | amount   |
        | a deposit | 1.00                    | aed      | currency |
        | a deposit | 1.00                    | AE       | currency |
        | a deposit | 1.00                    | CHF      | currency |
        | a deposit | 01.00                   | AED      | amount   |
        | a funding | -5.00                   | AED      | amount   |
        | a funding | NaN                     | AED      | amount   |
        | a funding | 1e3                     | AED      | amount   |
        | a funding | 0.5                     | JPY      | amount   |
        | a funding | 99999999999999999999999 | AED      | amount   |
        | a funding | 1000000000000           | AED      | amount   |

    Scenario Outline: <what>
      Given Ada has 100.00 AED in the wallet
      When Ada sends <what>
      Then Ada is told that the field "<field>" is wrong
      And Ada has 100.00 AED available and 0.00 AED locked
      And nothing else was changed

      Examples:
        | what                                    | field           |
        | a deposit whose amount is a number      | amount          |
        | a deposit whose amount has 5000 digits  | amount          |
        | a deposit with a release day of its own | release_day     |
        | a deposit under a key with a blank      | Idempotency-Key |
        | a funding whose user is number 0        | user_id         |

      @cost.seconds
      Examples: more
        | what                                            | field           |
        | a deposit whose amount is null                  | amount          |
        | a deposit without a currency                    | currency        |
        | a deposit without a key                         | Idempotency-Key |
        | a funding without a key                         | Idempotency-Key |
        | a deposit whose amount is a fraction            | amount          |
        | a deposit whose amount is empty                 | amount          |
        | a deposit whose amount is a list                | amount          |
        | a deposit whose amount is true                  | amount          |
        | a deposit whose amount holds a blank            | amount          |
        | a deposit whose amount holds a NUL              | amount          |
        | a deposit whose amount has two lines            | amount          |
        | a deposit without an amount                     | amount          |
        | a deposit whose currency is empty               | currency        |
        | a deposit whose currency has two lines          | currency        |
        | a deposit whose currency is a list              | currency        |
        | a deposit under an empty key                    | Idempotency-Key |
        | a deposit under a key of 300 characters         | Idempotency-Key |
        | a funding whose amount is a number              | amount          |
        | a funding whose user is a word                  | user_id         |
        | a funding whose user is number 9007199254740992 | user_id         |

    Scenario: amounts with fewer decimals than the currency has
      Given Ada has 100.00 AED in the wallet
      When Ada sends a deposit of 10.5 AED
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And Ada has 89.50 AED available and 10.50 AED locked
      And nothing else was changed

    Scenario Outline: a currency of four decimals, <currency>
      Given the switch VESTING_CURRENCIES is set to "AED,CLF,UYW"
      And Ada has 0.0003 <currency> in the wallet
      When Ada sends a deposit of 0.0001 <currency>
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And Ada has 0.0002 <currency> available and 0.0001 <currency> locked
      And nothing else was changed

      Examples:
        | currency |
        | CLF      |
        | UYW      |

  @VR-15
  Rule: A run that makes no sense is refused over the network, and moves nothing

    Scenario Outline: <what>
      Given today is "2025-01-27"
      And Grace has an administrator's account
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      When Grace sends <what>
      Then Grace is told that the field "<field>" is wrong
      And Ada has 0.00 AED available and 100.00 AED locked
      And nothing else was changed

      Examples:
        | what                              | field    |
        | a release as of 2025-01-28        | as_of    |
        | a release as of 2025-01-27 in XXX | currency |
        | a release that may be dry         | dry_run  |

      @cost.seconds
      Examples: more
        | what                                 | field    |
        | a release as of 2025-02-30           | as_of    |
        | a release as of yesterday            | as_of    |
        | a release in no currency             | currency |
        | a release as of 9999-12-31           | as_of    |
        | a release as of 2023-02-29           | as_of    |
        | a release as of 20250127             | as_of    |
        | a release as of 2025-W05-1           | as_of    |
        | a release as of 2025-01-27T00:00:00Z | as_of    |
        | a release as of 2025-01-27 in aed    | currency |
        | a release as of no day               | as_of    |
        | a dry release as of 2025-01-28       | as_of    |

  @VR-15 @both-databases
  Rule: No more money of a currency comes in than the books can hold

    Scenario: a cent more, once the last one that there is room for has come in
      Given Ada has 99999999999999.98 AED in the wallet
      And Grace has 0.01 AED in the wallet
      When Ada sends a funding of 0.01 AED
      Then Ada is refused with 422 "more than an account can"
      And Ada has 99999999999999.98 AED available and 0.00 AED locked
      And nothing else was changed
