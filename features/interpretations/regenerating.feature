Feature: A text that is written again
  A reader who does not recognise herself in a text has it written again. Until the new one is there the old one is,
  and if it does not come the old one stays.

  @LI-5 @both-databases
  Rule: The new text takes the place of the old one

    Scenario: a text is stored
      Given Claude is well
      And Ada has a stored text
      And Ada asks for the report
      When Ada sends a request for a new text
      Then Ada is answered with the new text
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: the new text is the stored one from then on
      Given Claude is well
      And Ada has a stored text
      And Ada sends a request for a new text
      When Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: a second time
      Given Claude is well
      And Ada has a stored text
      And Ada sends a request for a new text
      When Ada sends a request for a new text
      Then Ada is answered with the new text
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario Outline: no text of it is stored: <request>
      Given Claude is well
      And Ada has a stored text
      When Ada sends <request>
      Then Ada is answered with the new text
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples:
        | request                                 |
        | a request for a new text of the climate |
        | a request for a new text in English     |

    Scenario: ten requests at once
      Given Claude is well
      And Ada has a stored text
      And Claude holds its answers until 10 requests wait
      When Ada sends a request for a new text 10 times at once
      Then all 10 of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the new text, each time
      And nothing else was changed

  @LI-5 @both-databases
  Rule: A reader gets the old text or the new one

    Scenario: while it is written
      Given Claude is well
      And Ada has a stored text
      And Ada has a new text under way
      When Ada asks for the report
      Then Ada is answered with the stored text
      And the request of Ada is answered with a new text

    Scenario: while it is never written
      Given Claude is well
      And the switch LUNAR_CLAUDE_DEADLINE_S is set to "1"
      And Ada has a stored text
      And Ada has a new text under way, never answered
      When Ada asks for the report
      Then Ada is answered with the stored text
      And nothing else was changed

    Scenario: while 50 read it
      Given Claude is well
      And Ada has a stored text
      And Ada has a new text under way
      When Ada asks for the report 50 times at once
      Then all 50 of them are granted
      And Ada is answered with the stored text
      And the request of Ada is answered with a new text

  @LI-5 @both-databases
  Rule: Another person's return is unknown, as one that does not exist

    Scenario Outline: <request>
      Given Claude is well
      And Ada has a stored text
      And Grace has lunar returns
      When Ada sends <request>
      Then Ada is refused with 404 "There is no such lunar return."
      And Ada is answered with what is said of a return that does not exist
      And 0 calls of Claude ran for Ada
      And nothing else was changed

      Examples:
        | request                                                     |
        | a request for a new text about Grace's return               |
        | a request for a new text about a return that does not exist |
