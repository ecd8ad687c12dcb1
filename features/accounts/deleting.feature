Feature: Deleting an account
  Deleting an account removes everything that belongs to it, and does not affect other accounts.

  @AC-4 @both-databases
  Rule: Deleting an account removes all of its data

    Scenario: one of two people leaves
      Given Ada has an account
      And Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When Ada deletes the account
      Then nothing of Ada is left
      And nothing else was changed

    Scenario: ten requests at once delete it
      Given Ada has an account
      And Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      When Ada sends the end of the account 10 times at once
      Then 1 of them is granted, and the other 9 are refused with 401 "Say who you are"
      And nothing of Ada is left
      And nothing else was changed

    Scenario: the token counts no more
      Given Ada has an account
      And Ada has a natal chart
      And Ada deletes the account
      When Ada tries to ask for the current return
      Then Ada is refused with 401 "Say who you are"
      And Ada is answered with the way to sign in
      And nothing of Ada is left
      And nothing else was changed

    Scenario: the password counts no more
      Given Ada has an account
      And Ada deletes the account
      When Ada tries to ask for a token
      Then Ada is refused with 401 "The e-mail address or the password is wrong"
      And nothing else was changed

    Scenario: the address is free again
      Given Ada has an account
      And Ada deletes the account
      When Ada sends a new account
      Then Ada is answered with an account of their own
      And nothing else was changed

    Scenario: the calculation under way stores nothing
      Given Ada has an account
      And Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When Ada deletes the account
      Then the request of Ada is told to ask again
      And nothing of Ada is left
      And nothing else was changed

    @target.process @cost.seconds
    Scenario: a sign-in whose password waits to be looked at
      Given the switch DEV_FAST_PASSWORDS is set to "0"
      And the switch PASSWORDS_WAIT_S is set to "60"
      And Ada has an account
      When Ada sends a sign-in, and the end of the account before its password is looked at
      Then Ada is refused with 401 "The e-mail address or the password is wrong"
      And nothing of Ada is left
      And nothing else was changed

    Scenario: somebody else's calculation is under way
      Given Ada has an account
      And Grace has a natal chart
      And each generation takes 500 ms longer
      And a request of Grace generates
      When Ada deletes the account
      Then the request of Grace is answered
      And Grace has returns for 12 consecutive months
      And nothing else was changed

  @AC-4
  Rule: Deleting an account needs a valid token

    Scenario: somebody without a token
      Given Ada has an account
      When somebody sends the end of the account
      Then somebody is refused with 401 "Say who you are"
      And nothing else was changed

    Scenario: the owner a second time
      Given Ada has an account
      And Ada deletes the account
      When Ada sends the end of the account
      Then Ada is refused with 401 "Say who you are"
      And nothing else was changed
