# language: fr
Fonctionnalité: Quand le processus qui interroge le service amont meurt ou se fige
  Un processus peut mourir ou se figer avec une question en cours. D'autres prennent aussitôt le relais, et ce qui
  vient trop tard ne change rien.

  @PC-5 @both-databases @target.process
  Règle: Un autre demande à sa place, et tous reçoivent une réponse

    Scénario: le processus est tué
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a une recherche de la catégorie 1000 en cours, jamais satisfaite
      Et que Grace a 5 demandes de celle-ci en cours sur le second serveur
      Quand le premier serveur est tué
      Alors toutes les 5 sont acceptées
      Et 1 recherche a atteint le service amont
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé

    @alone @cost.seconds
    Scénario: le processus est figé, et reprend trop tard
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a une recherche de la catégorie 1000 en cours
      Et que Grace a 5 demandes de celle-ci en cours sur le second serveur
      Et que le service amont trouve désormais d'autres produits
      Quand le premier serveur est figé
      Alors toutes les 5 sont acceptées
      Et 1 recherche a atteint le service amont
      Quand le premier serveur reprend
      Et Grace demande les produits de la catégorie 1000
      Alors la demande faite par Ada est satisfaite
      Et Grace reçoit ce que contient le cache
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 1              |

    @alone @cost.seconds
    Scénario: quelqu'un d'autre cherche pendant que le processus est figé
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a une recherche de la catégorie 1000 en cours
      Quand le premier serveur est figé
      Et Grace essaie de demander les produits de la catégorie 2000 au second serveur
      Alors Grace reçoit sa réponse en moins de 2 secondes
      Et Grace reçoit ce que le service amont a trouvé

  @PC-5 @both-databases @target.process
  Règle: Un serveur qui redémarre retrouve ce qui était là avant

    Scénario: le serveur est tué, puis redémarré
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le serveur est tué
      Et que le serveur redémarre
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que contient le cache
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 1              |
      Et rien d'autre n'a changé
