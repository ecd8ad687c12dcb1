Feature: Keys that are forgotten
  A key protects against a second answer for as long as anybody would try again. After that it is a key like any other.

  @VR-14 @target.inprocess
  Rule: A key is kept for a day

    Scenario: in the last second of the day
      Given today is "2024-01-28"
      And Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And the clock goes forward by 86399 seconds
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the answer of before
      And nothing else was changed

    Scenario: a second after the day
      Given today is "2024-01-28"
      And Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And the clock goes forward by 86401 seconds
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And nothing else was changed

  @VR-14 @both-databases
  Rule: Of each person's keys the latest are kept, as many as the server is told

    Scenario: nine deposits later, where ten keys are kept
      Given the switch IDEMPOTENCY_KEYS_MAX is set to "10"
      And Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And Ada has 9 deposits in the vault
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the answer of before
      And nothing else was changed

    Scenario: ten deposits later, where ten keys are kept
      Given the switch IDEMPOTENCY_KEYS_MAX is set to "10"
      And Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And Ada has 10 deposits in the vault
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
