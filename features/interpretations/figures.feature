Feature: What was written for a person
  A reader may ask what was written for her, by which model, and how often it was reused.

  @LI-9 @both-databases
  Rule: A person's figures are those of their own texts

    Scenario: nothing was written
      Given Ada has lunar returns
      When Ada asks for the figures of texts
      Then Ada is answered with figures of 0 texts
      And nothing else was changed

    Scenario: one text that was reused
      Given Claude is well
      And Ada has a stored text
      And Ada asks for the report
      And Ada asks for the report
      And Ada asks for the report
      When Ada asks for the figures of texts
      Then Ada is answered with figures of 1 text, written 1 time and reused 3 times

    Scenario: two texts, one of which was written again
      Given Claude is well
      And Ada has a stored text
      And Ada asks for the report in English
      And Ada asks for the report
      And Ada sends a request for a new text
      When Ada asks for the figures of texts
      Then Ada is answered with figures of 2 texts, written 3 times and reused 1 time

    Scenario: templates are nobody's texts
      Given Claude answers with 400
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the figures of texts
      Then Ada is answered with figures of 0 texts
      And nothing else was changed

    Scenario: another person's texts are not counted
      Given Claude is well
      And Ada has lunar returns
      And Grace has lunar returns
      And Grace asks for the report
      When Ada asks for the figures of texts
      Then Ada is answered with figures of 0 texts
      And Ada is answered in less than 1 second
      And nothing else was changed

  @LI-9 @both-databases @target.process @workers.2 @cost.seconds
  Rule: What a process counted as under way ends with it

    Scenario: the worker processes are killed while a text is under way
      Given Claude is well
      And a server with 2 worker processes
      And Ada has lunar returns
      And Ada has a report under way, never answered
      And the server loses its worker processes
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 0 generations under way
