Feature: In the reader's language, and of the version that is served
  A reader who asks in English must not be answered in French because that is what happens to be there. And when the
  prompt gets better, texts of the new version are written beside the old ones, which stay.

  @LI-1 @both-databases
  Rule: A text is stored for each language, and none is answered in place of another

    Scenario: a text is stored in French, and English is asked for
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the report in French
      When Ada asks for the report in English
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: texts are stored in both languages
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the report in English
      And Ada asks for the report in French
      When Ada asks for the report in English
      Then Ada is answered with the stored text
      And nothing else was changed

    Scenario: a text is stored in French, English is asked for, and Claude fails
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the report in French
      And Claude answers with 400
      When Ada asks for the report in English
      Then Ada is answered with the built-in text
      And nothing else was changed

  @LI-4 @both-databases
  Rule: Texts of two versions stand side by side, and the switch chooses

    Scenario: version 3 is served where a text of version 2 is stored
      Given Claude is well
      And Ada has a stored text
      And the server is started again for version 3
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: version 2 is served again
      Given Claude is well
      And Ada has a stored text
      And the server is started again for version 3
      And Ada asks for the report
      And the server is started again for version 2
      When Ada asks for the report
      Then Ada is answered with the stored text
      And nothing else was changed

    Scenario: a new text of version 3 leaves that of version 2
      Given Claude is well
      And Ada has a stored text
      And the server is started again for version 3
      When Ada sends a request for a new text
      Then Ada is answered with the new text
      And 1 call of Claude ran for Ada

    Scenario: version 1 is served, for which nothing is written
      Given Claude is well
      And the switch LUNAR_INTERPRETATION_VERSION is set to "1"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template of version 2
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario Outline: <served> is served, there are templates of <others>, and Claude fails
      Given Claude answers with 400
      And a server whose database has templates of version <other> too
      And the switch LUNAR_INTERPRETATION_VERSION is set to "<version>"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with <template>
      And nothing else was changed

      Examples:
        | served    | version | others | other | template                  |
        | version 3 | 3       | 2, 4   | 4     | the template of version 2 |
        | version 4 | 4       | 2, 5   | 5     | the template of version 2 |
        | version 1 | 1       | 1, 2   | 1     | the template of version 1 |

      @cost.seconds
      Examples: more
        | served    | version | others | other | template                  |
        | version 4 | 4       | 2, 4   | 4     | the template of version 4 |
        | version 9 | 9       | 2, 5   | 5     | the template of version 5 |
        | version 2 | 2       | 1, 2   | 1     | the template of version 2 |
