Feature: An answer always, from the best level there is
  A reader opens the app in the morning and wants this month's text. Claude may be down, the database may lack a
  template: there is still a text, in the reader's language, and the app knows which level it comes from.

  @LI-1 @both-databases
  Rule: Each of the four levels is reached when those above it fail, and only then

    Scenario: nothing is stored, and Claude is well
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: a text is stored, and Claude would write another one
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: a text is stored, and Claude fails
      Given Claude is well
      And Ada has a stored text
      And Claude answers with 400
      When Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: nothing is stored, and Claude fails
      Given Claude answers with 400
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario Outline: there is no template, and Claude fails: <report>
      Given Claude answers with 400
      And Ada has lunar returns
      When Ada tries to ask for <report>
      Then Ada is answered with the built-in text
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples:
        | report                          |
        | the report in English           |
        | the report's climate            |

      @cost.seconds
      Examples: more
        | report                          |
        | the report's focus              |
        | the report's approach           |
        | the report's climate in English |

    Scenario: Claude is well again
      Given Claude answers with 400
      And Ada has lunar returns
      And Ada asks for the report
      And Claude is well again
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: the database has no templates, and Claude fails
      Given Claude answers with 400
      And a server whose database has no templates
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the built-in text
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: a report of another month
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the report of the last month
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed

    Scenario: the first report of somebody who has no returns yet
      Given Claude is well
      And Ada has a natal chart and no returns yet
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

  @LI-1 @both-databases @target.process
  Rule: When a text was written does not depend on where the server stands

    Scenario: a server in New York
      Given the switch TZ is set to "America/New_York"
      And Claude is well
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed
