Feature: When texts have to be rolled back
  At night, with readers waiting, the operator follows the runbook word for word. So each of its drills is followed here,
  with the commands and the SQL that stand there.

  @LI-16 @both-databases
  Rule: With Claude switched off everybody is answered, and what Claude wrote is still served

    Scenario: Claude fails, and is switched off
      Given Claude is well
      And Ada has a stored text
      And Grace has lunar returns
      And Claude answers with 500
      When the server is started again without Claude
      When Ada asks for the report
      And Grace asks for the report
      Then Ada is answered with the stored text
      And Grace is answered with the template
      And 0 calls of Claude ran for Grace
      And nothing else was changed

  @LI-16 @both-databases
  Rule: Version 1 serves what the first version wrote, to the byte, whatever became of the templates

    Scenario Outline: in <month>, of a database that <database>
      Given today is "<day>"
      And a server whose database <database>
      And Ada has lunar returns
      When the server is started again for version 1
      And Ada asks for the report
      Then Ada is answered with the first version's text
      And nothing else was changed

      Examples:
        | month     | day        | database                                           |
        | October   | 2026-10-20 | was migrated, and has other texts in all templates |
        | September | 2026-09-25 | was migrated, and lost all texts                   |

    Scenario: what the first version did not write
      Given a server whose database was migrated
      And Claude is well
      And Ada has lunar returns
      When the server is started again for version 1
      And Ada asks for the report in English
      Then Ada is answered with the built-in text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    @cost.seconds
    Scenario: version 1 for a while, and version 2 again
      Given a server whose database was migrated
      And Claude is well
      And Ada has a stored text
      When the server is started again for version 1
      And Ada asks for the report
      Then Ada is answered with the first version's text
      When the server is started again for version 2
      And Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

  @LI-16 @database.postgres
  Rule: Damaged templates are found, and restored from the backup with the source's own SQL

    Scenario Outline: a database that <database>
      Given a server whose database <database>
      When the operator follows the drill "find damaged texts"
      Then it ends with exit code 1
      And it says "<words>"
      When the operator follows the drill "restore the templates"
      Then it ends with exit code 0
      And it says "1728"
      And it says "verdict: passed"
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed

      Examples:
        | database                                              | words                                                                 |
        | was migrated, and has a text that differs by one byte | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text) |
        | was migrated, and lost all texts                      | Leo, house 5, ascendant Virgo, version 2, fr: missing                 |

      @cost.seconds
      Examples: more
        | database                                        | words                                                                |
        | was migrated, and has a text in the wrong house | Leo, house 5, ascendant Virgo, version 2, fr: is under moon_house 13 |
        | was migrated, and has a text too many           | Ophiuchus, house 5, ascendant Virgo, version 2, fr: extra            |

  @LI-16 @database.postgres
  Rule: What makes answers slow is found: how often texts are reused, and which index is missing

    Scenario: how often a text is reused
      Given Claude is well
      And Ada has a stored text
      And Ada asks for the report 3 times at once
      When the operator follows the drill "find out why answers are slow"
      And Ada asks for the figures of texts
      Then it says "1, 3, 1, 0.750"
      And it says "ix_lunar_interpretation_templates_lookup"
      And Ada is answered with figures of 1 text, written 1 time and reused 3 times

    Scenario: an index that is missing
      Given a server whose database was migrated, and lacks an index
      When the operator follows the drill "find damaged texts"
      Then it ends with exit code 1
      And it says "ix_lunar_interpretation_templates_lookup: missing"
      When the operator follows the drill "put the index of the templates back"
      And the operator runs "audit-lunar-migration"
      Then it ends with exit code 0
      And it says "verdict: passed"
      And the first version's texts are where they were, in the backup and in the templates

  @LI-16 @both-databases
  Rule: Shipped templates that are missing are added, and what is there is left alone

    @cost.seconds
    Scenario: the database has no templates
      Given Claude answers with 400
      And a server whose database has no templates
      And Ada has lunar returns
      When the operator runs "db seed"
      Then it says "interpretations: 1728 added"
      When Ada asks for the report
      And the operator runs "db seed"
      Then Ada is answered with the template
      And it says "interpretations: nothing is missing"
      And the templates that were removed are there again
