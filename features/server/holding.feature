Feature: What strangers make a server hold
  Each request has its bounds. All together have bounds as well, so that a thousand of them cannot fill the memory with
  bodies, with answers that nobody reads, or with requests that wait.

  @SV-8
  Rule: All bodies together have a budget, and so have all answers that are not read

    Scenario: one body more
      Given the switch BODIES_BYTES_MAX is set to "100000"
      And Grace has two large bodies under way, and no more
      When somebody sends an account of 65536 bytes
      Then somebody is refused with 503 "Too many bytes of bodies"
      And the server is well
      And nothing else was changed

    Scenario: as many as the budget holds
      Given the switch BODIES_BYTES_MAX is set to "170000"
      And Grace has two large bodies under way, and no more
      When somebody sends an account of 65536 bytes
      Then somebody is answered with somebody's account

    @target.process
    Scenario: bodies of 8 MB, one after the other
      Given there are 3 articles
      When somebody sends 12 bodies of 8 MB that are no good
      Then somebody is answered with a refusal, and the server's memory is what it was
      And nothing else was changed

    @cost.seconds
    Scenario: answers that nobody reads
      Given the switch WRITE_S_MAX is set to "1"
      And Grace has as many of the largest articles as a batch holds
      When somebody sends questions for long pages that nobody reads
      Then the log has 1 request that was cut off because its answers were not read
      And the server is well

  @SV-8
  Rule: Nobody is refused because strangers have used up what is kept for good

    Scenario: as many types of events as are counted
      Given the switch EVENT_LOG_DURABILITY is set to "flush"
      And Grace has events of 1000 types that she made up
      When Ada sends an event of a type of her own
      Then Ada is answered with her event, which is counted with others
      And the server is well

  @SV-8
  Rule: No more requests wait on one connection than may

    Scenario: many at once
      Given the switch PIPELINED_MAX is set to "16"
      When somebody sends 60 questions at once on one connection
      Then somebody is answered with 17 answers, and a refusal with 503 behind them
      And the server is well

  @SV-8
  Rule: As many connections as are served are told that there are too many, and the next one is cut

    Scenario: the last that is told so
      Given the switch CONNECTIONS_MAX is set to "16"
      And Grace has 16 open connections
      And Grace has 17 connections without a word
      When somebody sends a question on one connection more
      Then somebody is answered with a refusal for too many connections

    Scenario: one more
      Given the switch CONNECTIONS_MAX is set to "16"
      And Grace has 16 open connections
      And Grace has 18 connections without a word
      When somebody sends a question on one connection more
      Then somebody is answered with nothing at all
      And the log has 1 request that was cut off because there were too many connections
