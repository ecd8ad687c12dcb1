# language: fr
Fonctionnalité: Lire pendant que d'autres attendent d'écrire
  Une sauvegarde, une migration ou un processus bloqué peut empêcher tout le monde d'écrire pendant des secondes. Ceux
  qui ne font que lire ne le remarquent pas, et un répartiteur de charge continue de les envoyer à ce serveur.

  @SV-15 @both-databases
  Règle: Les lectures et l'état prêt ont leurs propres connexions, et n'attendent personne qui écrit

    Scénario: plus d'écritures attendent que le serveur n'a de connexions pour écrire
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace a le seul verrou d'écriture de la base, et 12 comptes qui l'attendent
      Quand Ada envoie une lecture de tout ce qui peut être lu
      Alors Ada reçoit tout cela, chaque fois en moins de 1 seconde, pendant que les autres attendent
      Et le serveur va bien
      Et rien d'autre n'a changé

    @target.process
    Scénario: la toute première lecture, sur un serveur qui vient de démarrer
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que le serveur est tué
      Et que le serveur redémarre
      Et que Grace a le seul verrou d'écriture de la base, et 12 comptes qui l'attendent
      Quand Ada demande la révolution courante
      Alors Ada reçoit sa réponse en moins de 1 seconde
      Et le serveur va bien
