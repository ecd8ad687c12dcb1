Feature: Reading while others wait to write
  A backup, a migration or a stuck process can keep everybody from writing for seconds. People who only read do not
  notice it, and a balancer goes on to send them to this server.

  @SV-15 @both-databases
  Rule: Reads and readiness have connections of their own, and wait for no writer

    Scenario: more writers wait than the server has connections to write
      Given Ada has a natal chart
      And Ada asks for the current return
      And Grace has the only write lock of the database, and 12 accounts that wait for it
      When Ada sends a question for all that can be read
      Then Ada is answered with all of it, each in less than 1 second, while the others wait
      And the server is well
      And nothing else was changed

    @target.process
    Scenario: the first read of all, on a server that has only just been started
      Given Ada has a natal chart
      And Ada asks for the current return
      And the server is killed
      And the server is started again
      And Grace has the only write lock of the database, and 12 accounts that wait for it
      When Ada asks for the current return
      Then Ada is answered in less than 1 second
      And the server is well
