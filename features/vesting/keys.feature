Feature: Sending a deposit again
  A phone that gets no answer sends its deposit again. The same key means the same deposit, whose answer it gets then.

  @VR-14 @both-databases
  Rule: The same key and content give the same answer, and one deposit

    Scenario: the same deposit again
      Given Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the answer of before
      And Ada has 70.00 AED available and 30.00 AED locked
      And nothing else was changed

    Scenario: the same deposit ten times at once
      Given Ada has 100.00 AED in the wallet
      When Ada sends a deposit of 30.00 AED under the key "breakfast" 10 times at once
      Then all 10 of them are granted
      And Ada is answered with one answer for all of them
      And 1 deposit ran for Ada
      And Ada has 70.00 AED available and 30.00 AED locked
      And the books balance
      And nothing else was changed

    Scenario: the same funding again
      Given Ada has an account
      And Ada sends a funding of 30.00 AED under the key "salary"
      When Ada sends a funding of 30.00 AED under the key "salary"
      Then Ada is answered with the answer of before
      And Ada has 30.00 AED available and 0.00 AED locked
      And nothing else was changed

    @target.process
    Scenario: the same deposit again, after the server was killed
      Given Ada has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And the server is killed
      And the server is started again
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the answer of before
      And nothing else was changed

  @VR-14 @both-databases
  Rule: The same key with other content is refused, and moves nothing

    Scenario Outline: <what> under the key of a deposit of 30.00 AED
      Given Ada has 100.00 AED in the wallet
      And Ada has 100.00 USD in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      When Ada sends <what> under the key "breakfast"
      Then Ada is refused with 409 "key"
      And Ada has 70.00 AED available and 30.00 AED locked
      And nothing else was changed

      Examples:
        | what                   |
        | a deposit of 30.01 AED |
        | a deposit of 30.00 USD |

  @VR-14 @both-databases
  Rule: A key is of one person and one kind of request

    Scenario: two people under one key
      Given Ada has 200.00 AED in the wallet
      And Grace has 100.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      When Grace sends a deposit of 30.00 AED under the key "breakfast"
      Then Grace is answered with the lot that is there
      And 1 deposit ran for Grace
      And Grace has 70.00 AED available and 30.00 AED locked
      And nothing else was changed

    Scenario: a deposit under the key of a funding
      Given Ada has 100.00 AED in the wallet
      And Ada sends a funding of 30.00 AED under the key "breakfast"
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And Ada has 100.00 AED available and 30.00 AED locked
      And nothing else was changed

    Scenario: a deposit that was refused, once more when it is covered
      Given Ada has 10.00 AED in the wallet
      And Ada sends a deposit of 30.00 AED under the key "breakfast"
      And Ada has 20.00 AED in the wallet
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the lot that is there
      And 1 deposit ran for Ada
      And nothing else was changed
