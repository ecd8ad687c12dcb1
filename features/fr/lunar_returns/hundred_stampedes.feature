# language: fr
Fonctionnalité: Cent ruées
  Une ruée qui se passe bien peut être un hasard. Cent à la suite, chacune pour une autre personne et répartie sur deux
  processus, n'en sont pas un.

  @LR-2 @database.postgres @target.process @cost.minute
  Règle: Cent ruées font cent générations

    Scénario: cent fois cinquante premières demandes simultanées, deux processus
      Étant donné un serveur à 2 processus
      Quand 100 personnes demandent la révolution courante 50 fois en même temps, l'une après l'autre
      Alors chacune des 100 salves a donné 50 réponses, une seule révolution et une seule génération
      Et aucune des deux requêtes de doublons ne trouve de ligne
