Feature: Migrating from the first version
  The first version left 1,728 texts, written over a year by people and models, with every kind of character in them.
  The operator must be able to go to the second version and back, in the middle of the day, and find each byte again.

  @LI-14 @both-databases @target.process
  Rule: The way up keeps a backup, the way down gives everything back, and no byte of any text changes

    Scenario: up
      Given a server whose database holds the first version's texts
      When the operator runs "db upgrade"
      Then it ends with exit code 0
      And it says "upgraded to "
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed

    Scenario: up and down
      Given a server whose database holds the first version's texts
      And the operator runs "db upgrade"
      When the operator runs "db downgrade 0008_lunar_v1"
      Then it ends with exit code 0
      And it says "downgraded to 0008_lunar_v1"
      And the first version's texts are where they were, and nowhere else
      And nothing else was changed

    Scenario: up, down, and up again
      Given a server whose database was migrated
      And the operator runs "db downgrade 0008_lunar_v1"
      When the operator runs "db upgrade"
      Then it ends with exit code 0
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed

    Scenario: down, after somebody has emptied the first version's table
      Given a server whose database was migrated, and lost what the first version wrote
      When the operator runs "db downgrade 0008_lunar_v1"
      Then it ends with exit code 0
      And the first version's texts are where they were, and nowhere else
      And nothing else was changed

    Scenario: a text that the second version cannot hold
      Given a server whose database holds a text of the first version in German
      When the operator runs "db upgrade"
      Then it ends with exit code 64
      And it says "in another language than fr and en: Leo 5 Virgo version 2 de"
      And nothing else was changed

    Scenario: down, where Claude has written for somebody
      Given Claude is well
      And Ada has a stored text
      When the operator runs "db downgrade 0008_lunar_v1"
      Then it ends with exit code 64
      And it says "Going back removes what Claude wrote, which is nowhere else (texts: 1, of people: 1)"
      And nothing else was changed

  @LI-14 @both-databases @target.process
  Rule: An upgrade is done whole or not at all, once, and nobody who is served notices

    Scenario: killed at one moment after another
      Given a server whose database holds the first version's texts
      When the database is upgraded by processes that are killed, one after the other
      Then it ends with exit code 0
      And it says "after each kill all was as before"
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed

    Scenario: two at once
      Given a server whose database holds the first version's texts
      When the database is upgraded by two processes at once
      Then it ends with exit code 0
      And it says "already at "
      And it says "upgraded to "
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed

    Scenario: under a server of the version before
      Given a server whose database was migrated
      When the database is upgraded under a server of the version before
      Then it ends with exit code 0
      And it says "no client saw an error"
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed
