Feature: When Claude is left alone for a while
  When Claude has failed several times in a row, asking it once more costs each reader seconds. A breaker opens, readers
  get the template at once, and one call finds out when Claude is well again.

  @LI-6 @both-databases
  Rule: While the breaker is open a reader is answered within 100 ms, and then Claude is asked again

    Scenario: the breaker opens
      Given Claude answers with 500
      And Claude is tried once, and left alone after 1 failure
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the report, 20 times in a row
      Then Ada is answered with the template
      And Ada is answered with answers in less than 100 ms
      And 0 calls of Claude ran for Ada

    @cost.seconds
    Scenario: Claude is well again, and the breaker closes
      Given Claude answers with 500
      And Claude is tried once, and left alone for 1500 ms after 1 failure
      And Ada has lunar returns
      And Ada asks for the report
      And Claude is well again
      When Ada asks for the report, once Claude has rested
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada

    Scenario: a new text is asked for while the breaker is open
      Given Claude is well
      And Claude is tried once, and left alone after 1 failure
      And Ada has a stored text
      And Claude answers with 500
      And Ada asks for the report's climate
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails
      And 0 calls of Claude ran for Ada

  @LI-6 @target.process
  Rule: Others are served as usual while Claude hangs

    @alone @cost.seconds
    Scenario: 50 texts are under way
      Given Claude never answers
      And Ada has lunar returns
      And Grace has lunar returns
      And Grace asks for the current return, 100 times in a row
      And Ada has 50 texts under way
      When Grace asks for the current return, 100 times in a row
      Then Grace is answered with answers as soon as usual, within 50 ms

    Scenario: another reader's stored text, while a text is under way
      Given Claude is well
      And Ada has lunar returns
      And Grace has a stored text
      And Ada has a report under way
      When Grace asks for the report
      Then Grace is answered in less than 2 seconds
      And the request of Ada is answered with Claude's text

  @LI-6 @both-databases @cost.minute
  Rule: The real limits: 10 seconds for a reader, 30 for a call

    @alone
    Scenario: Claude never answers
      Given Claude never answers
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered in less than 10 seconds
      And Ada is answered in at least 8 seconds
      And Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: Claude answers after 20 seconds
      Given Claude takes 20 seconds
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the report, once its text is stored
      Then Ada is answered with the text that was stored meanwhile
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: a new text is waited for as long as a call may take
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the report
      And Claude never answers
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails
      And nothing else was changed
