Feature: The first request makes twelve months
  Somebody who opens the app for the first time sees their current lunar return at once, although nothing was
  prepared for them. What is made is whole: twelve months in a row, or none.

  @LR-1 @both-databases
  Rule: The first request makes twelve consecutive months, all or none

    Scenario: a person asks for the first time
      Given Ada has a natal chart
      When Ada asks for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 12 consecutive months
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario: the twelve months are asked for first
      Given Ada has a natal chart
      When Ada asks for the twelve months
      Then Ada is answered with 12 consecutive months, the current one among them
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario: a person without a natal chart asks
      Given a server whose environment is "production"
      And Ada has an account
      When Ada tries to ask for the current return
      Then Ada is refused with 409 "There is no natal chart yet"
      And Ada has returns for 0 consecutive months
      And 0 calculations ran for Ada
      And nothing else was changed

    @target.inprocess
    Scenario: the twelve months have passed
      Given today is "2026-11-22"
      And Ada has a natal chart
      And Ada asks for the current return
      And 366 days have passed
      When Ada asks for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 24 consecutive months
      And 2 generations ran for Ada

    Scenario: the natal chart changes
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When Ada gives another natal chart
      Then Ada has returns for 0 consecutive months
      And Grace has returns for 12 consecutive months
      And nothing else was changed

    Scenario: the natal chart is given again, unchanged
      Given Ada has a natal chart
      And Ada asks for the current return
      When Ada gives the same natal chart again
      Then Ada has returns for 12 consecutive months
      And 1 generation ran for Ada
      And nothing else was changed
