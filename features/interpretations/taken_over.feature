Feature: When a process dies, stalls, or its reader leaves
  A process may die or freeze while Claude writes for one of its readers, and a reader may leave. What is stored then is
  a whole text, or nothing; and nothing at all of somebody who is gone.

  @LI-2 @both-databases @target.process
  Rule: Another process has the text written, and nothing is half stored

    Scenario: the process is killed
      Given 2 servers that share a database
      And Ada has a report under way, never answered
      And Ada has 5 requests for that report under way on the second server
      When the first server is killed
      Then all 5 of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the text that Claude wrote, each time
      And nothing else was changed

    @alone @cost.seconds
    Scenario: the process is frozen, and goes on too late
      Given 2 servers that share a database
      And Ada has a report under way
      And Ada has 5 requests for that report under way on the second server
      When the first server is frozen
      Then all 5 of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the text that Claude wrote, each time
      When the first server goes on
      And Ada asks for the report from the second server
      Then the request of Ada is answered
      And the log has 1 request that lost its work to another process
      And Ada is answered with the stored text

    Scenario: the only process is killed, and started again
      Given Ada has a report under way, never answered
      And the server is killed
      And the server is started again
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: the only process is told to stop, and is started again
      Given Ada has a report under way
      When the first server is told to stop
      Then the request of Ada is answered
      And it ends with exit code 0
      When the server is started again
      And Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada

    Scenario: the process is killed while a text is written again
      Given Claude is well
      And Ada has a stored text
      And Ada has a new text under way, never answered
      And the server is killed
      And the server is started again
      When Ada asks for the report
      Then Ada is answered with the stored text
      And nothing else was changed

    @database.postgres @cost.seconds
    Scenario: the database is restarted at once
      Given Ada has a report under way
      When the database is restarted at once
      Then the request of Ada is answered
      When Ada asks for the report
      Then Ada is answered in less than 4 seconds
      And the server is well

  @LI-2 @both-databases
  Rule: Nothing is stored of a person or a return that is gone

    Scenario: the reader deletes the account while Claude writes
      Given Claude is well
      And Ada has an account
      And Ada has a report under way
      When Ada deletes the account
      Then the request of Ada is refused because nobody sent it
      And 0 calls of Claude ran for Ada
      And nothing of Ada is left
      And nothing else was changed

    Scenario: the reader deletes the account while a text is written again
      Given Claude is well
      And Ada has an account
      And Ada has a stored text
      And Ada has a new text under way
      When Ada deletes the account
      Then the request of Ada is refused because nobody sent it
      And 0 calls of Claude ran for Ada
      And nothing of Ada is left

    Scenario: another reader's texts stay
      Given Claude is well
      And Ada has an account
      And Ada has a stored text
      And Grace has a stored text
      When Ada deletes the account
      Then nothing of Ada is left
      And nothing else was changed

    Scenario: the reader's returns are replaced while Claude writes
      Given Ada has a report under way
      When Ada gives another natal chart
      Then the request of Ada is refused because its return is gone
      And Ada has returns for 0 consecutive months
