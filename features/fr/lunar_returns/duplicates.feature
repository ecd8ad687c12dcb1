# language: fr
Fonctionnalité: Une révolution par mois
  Deux lignes pour un même mois, ce sont deux vérités. La base elle-même les interdit, et une base ancienne qui en
  contient n'est pas mise en service.

  @LR-6 @both-databases
  Règle: Aucun utilisateur n'a jamais deux révolutions pour un même mois

    @target.process
    Scénario: après cent premières demandes simultanées
      Étant donné un serveur à 2 processus
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante 100 fois en même temps
      Alors aucune des deux requêtes de doublons ne trouve de ligne
      Et la base interdit à Ada une seconde révolution pour un même mois
      Et Ada a des révolutions pour 12 mois consécutifs

  @LR-6 @both-databases @target.process
  Règle: Une base qui contient des doublons n'est pas mise en service

    Scénario: une base d'avant la règle
      Étant donné une base d'avant la règle, où Ada a deux révolutions pour un même mois
      Quand on démarre un serveur
      Alors la commande se termine avec le code 64 et dit "more than one row for 1 user-months"
      Et les deux révolutions sont toujours là

    Scénario: les doublons sont listés et réparés
      Étant donné une base d'avant la règle, où Ada a deux révolutions pour un même mois
      Quand on répare les doublons
      Alors la commande nomme le mois "2024-01" et garde la révolution la plus récente
      Et un serveur démarré sur cette base va bien
