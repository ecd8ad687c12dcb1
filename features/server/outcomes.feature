Feature: When nobody knows whether it was done
  An answer gets lost, a database goes away in the middle. People send their request again, and want one account or
  article from it and not two. A refusal says whether anything can have been done.

  @SV-10 @both-databases
  Rule: Under the same key the same request is carried out once, and gets its first answer again

    Scenario Outline: <what>, sent a second time
      Given Ada has a natal chart
      And Ada sends <what> under a key
      When Ada sends <what> under a key
      Then Ada is answered with the answer of the first time
      And nothing else was changed

      Examples:
        | what                    |
        | an account              |
        | a batch of two articles |

      @cost.seconds
      Examples: more
        | what       |
        | an article |
        | an event   |

    Scenario: a wish for another text, sent a second time
      Given Claude is well
      And Ada has a natal chart
      And Ada sends a wish for another text under a key
      When Ada sends a wish for another text under a key
      Then Ada is answered with the answer of the first time
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario Outline: <what>, ten times at once
      Given Ada has a natal chart
      And Ada sends <what> under a key
      When Ada sends <what> under a key 10 times at once
      Then all 10 of them are granted
      And Ada is answered with the answer of the first time
      And nothing else was changed

      Examples:
        | what       |
        | an account |
        | an article |

    Scenario Outline: <what>, with something else in it
      Given Ada has a natal chart
      And Ada sends <what> under a key
      When Ada sends <what> under that key, but another
      Then Ada is refused with 409 "key"
      And nothing else was changed

      Examples:
        | what                    |
        | an account              |
        | a batch of two articles |

      @cost.seconds
      Examples: more
        | what       |
        | an article |
        | an event   |

    Scenario: an account, made without a key
      Given Ada has a natal chart
      And Ada sends an account without a key
      When Ada sends an account under a key
      Then Ada is refused with 409 "exists already"
      And nothing else was changed

  @SV-10 @target.process
  Rule: A key is known after the server was killed

    Scenario: a batch of two articles, sent again to the next server
      Given Ada has a natal chart
      And Ada sends a batch of two articles under a key
      And the server is killed
      And the server is started again
      When Ada sends a batch of two articles under a key
      Then Ada is answered with the answer of the first time
      And nothing else was changed

  @SV-10 @database.postgres @target.process
  Rule: Where it may have been done, the refusal says so, and how to find out

    Scenario: the answer to the commit of an account is lost
      Given a server whose database is behind a network that can fail
      And Ada has a natal chart
      And the network loses the answer to the next commit
      When Ada sends an account under a key
      Then Ada is answered with an unknown outcome, and the advice to use the same key again
      When Ada sends an account under a key
      Then Ada is answered with what they asked for

    Scenario: the same without a key
      Given a server whose database is behind a network that can fail
      And Ada has a natal chart
      And the network loses the answer to the next commit
      When Ada sends an account without a key
      Then Ada is answered with an unknown outcome, and the advice to log in

  @SV-10 @target.process
  Rule: Where the disk fails, the same request makes one article in all

    Scenario Outline: a disk that <fails>, and a restart
      Given the disk is well
      And Ada has a natal chart
      And the disk <fails>
      When Ada sends an article under a key
      Then Ada is answered with an unknown outcome, and the advice to use the same key again
      When the disk is well again
      And the first server is started again
      And Ada sends an article under a key
      Then Ada is answered with the only article there is

      Examples: the one keeps the article, and the other does not
        | fails          |
        | fails to sync  |
        | fails to write |

  @SV-10 @both-databases
  Rule: What was refused for its time is not begun later

    @cost.seconds
    Scenario: an account that waited too long for somebody who writes
      Given the switch DATABASE_S_MAX is set to "1"
      And Ada has a natal chart
      And Grace has the only write lock of the database for 2 seconds
      When Ada sends an account under a key
      Then Ada is answered with a refusal that leaves nothing open
      When Ada sends an account without a key, once the others let go
      Then Ada is answered with what they asked for
