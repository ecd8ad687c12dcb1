# language: fr
Fonctionnalité: Quand un processus meurt, se fige, ou que son lecteur s'en va
  Un processus peut mourir ou se figer pendant que Claude écrit pour l'un de ses lecteurs, et un lecteur peut s'en
  aller. Ce qui est alors enregistré est un texte entier, ou rien ; et rien du tout de quelqu'un qui n'est plus là.

  @LI-2 @both-databases @target.process
  Règle: Un autre processus fait écrire le texte, et rien n'est enregistré à moitié

    Scénario: le processus est tué
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un rapport en cours, jamais rendu
      Et qu'Ada a 5 demandes de ce rapport en cours sur le second serveur
      Quand le premier serveur est tué
      Alors toutes les 5 sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le texte écrit par Claude, chaque fois
      Et rien d'autre n'a changé

    @alone @cost.seconds
    Scénario: le processus est figé, et reprend trop tard
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un rapport en cours
      Et qu'Ada a 5 demandes de ce rapport en cours sur le second serveur
      Quand le premier serveur est figé
      Alors toutes les 5 sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le texte écrit par Claude, chaque fois
      Quand le premier serveur reprend
      Et Ada demande le rapport au second serveur
      Alors la demande faite par Ada est satisfaite
      Et le journal montre 1 demande qui a perdu son travail au profit d'un autre processus
      Et Ada reçoit le texte enregistré

    Scénario: le seul processus est tué, et redémarre
      Étant donné qu'Ada a un rapport en cours, jamais rendu
      Et que le serveur est tué
      Et que le serveur redémarre
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: le seul processus est prié de s'arrêter, et redémarre
      Étant donné qu'Ada a un rapport en cours
      Quand le premier serveur est prié de s'arrêter
      Alors la demande faite par Ada est satisfaite
      Et la commande se termine avec le code 0
      Quand le serveur redémarre
      Et Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada

    Scénario: le processus est tué pendant qu'un texte est réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada a un nouveau texte en cours, jamais rendu
      Et que le serveur est tué
      Et que le serveur redémarre
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

    @database.postgres @cost.seconds
    Scénario: la base redémarre d'un coup
      Étant donné qu'Ada a un rapport en cours
      Quand la base redémarre d'un coup
      Alors la demande faite par Ada est satisfaite
      Quand Ada demande le rapport
      Alors Ada reçoit sa réponse en moins de 4 secondes
      Et le serveur va bien

  @LI-2 @both-databases
  Règle: Rien n'est enregistré d'une personne ou d'une révolution disparue

    Scénario: le lecteur supprime son compte pendant que Claude écrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un compte
      Et qu'Ada a un rapport en cours
      Quand Ada supprime son compte
      Alors la demande faite par Ada est refusée parce que personne ne l'a envoyée
      Et il y a eu 0 appel à Claude pour Ada
      Et Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: le lecteur supprime son compte pendant qu'un texte est réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un compte
      Et qu'Ada a un texte enregistré
      Et qu'Ada a un nouveau texte en cours
      Quand Ada supprime son compte
      Alors la demande faite par Ada est refusée parce que personne ne l'a envoyée
      Et il y a eu 0 appel à Claude pour Ada
      Et Ada n'a laissé aucune trace

    Scénario: les textes d'un autre lecteur restent
      Étant donné que le service Claude va bien
      Et qu'Ada a un compte
      Et qu'Ada a un texte enregistré
      Et que Grace a un texte enregistré
      Quand Ada supprime son compte
      Alors Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: les révolutions du lecteur sont remplacées pendant que Claude écrit
      Étant donné qu'Ada a un rapport en cours
      Quand Ada donne un autre thème natal
      Alors la demande faite par Ada est refusée parce que sa révolution a disparu
      Et Ada a des révolutions pour 0 mois consécutifs
