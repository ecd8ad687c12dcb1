Feature: What an answer costs
  Nearly all answers come out of storage: they must be quick, and leave the database to others.

  @LI-12 @target.inprocess @both-databases
  Rule: At most 3 statements for a request that is answered out of storage

    Scenario: the same report once more
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report, with its statements counted
      Then Ada is answered with the stored text
      And Ada is answered with at most 3 statements of the database
      And nothing else was changed

  @LI-12 @target.process @alone
  Rule: A stored text in less than 50 ms, a template in less than 100, and 100 ms of our own for a text of Claude's

    @cost.seconds
    Scenario: stored texts
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report, 20 times in a row
      Then Ada is answered with the stored text
      And Ada is answered with answers in less than 50 ms

    @cost.seconds
    Scenario: templates
      Given the switch LUNAR_LLM_MODE is set to "off"
      And Ada has lunar returns
      When Ada asks for the report, 20 times in a row
      Then Ada is answered with the template
      And Ada is answered with answers in less than 100 ms

    @cost.seconds
    Scenario: texts that Claude writes at once
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for the 8 reports of a month
      Then 8 calls of Claude ran for Ada
      And Ada is answered with answers in less than 100 ms

    @cost.seconds
    Scenario: 100 requests a second
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report 100 times a second for 3 seconds
      Then Ada is answered with answers that do not become slower
      And 0 calls of Claude ran for Ada

    @cost.minute
    Scenario: 100 requests a second for 20 seconds
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report 100 times a second for 20 seconds
      Then Ada is answered with answers that do not become slower
      And 0 calls of Claude ran for Ada
