using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LeadersHandOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SignatureFor",
                table: "Whistles",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SignatureForName",
                table: "Whistles",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SubmittedBy",
                table: "Whistles",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "For",
                table: "LeaderRequests",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ForName",
                table: "LeaderRequests",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InstructedAt",
                table: "Crowds",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Instruction",
                table: "Crowds",
                type: "TEXT",
                nullable: true);

            // Whoever sent what is on the books to be signed stands in its log.
            migrationBuilder.Sql(
                """
                UPDATE "Whistles" SET "SubmittedBy" = (
                    SELECT "By_UserId" FROM "Log" WHERE "Stream" = "Whistles"."Id" AND "Type" = 'whistle.submitted' ORDER BY "Sequence" DESC LIMIT 1);
                UPDATE "Whistles" SET "SubmittedBy" = (
                    SELECT "By_UserId" FROM "Log" WHERE "Stream" = "Whistles"."Id" AND "Type" = 'whistle.sounded' ORDER BY "Sequence" DESC LIMIT 1)
                WHERE "SubmittedBy" IS NULL;
                """);

            migrationBuilder.CreateTable(
                name: "Delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Leader = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    LeaderName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Deputy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    DeputyName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    GivenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsEndedEarly = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Delegations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_Deputy_EndsAt",
                table: "Delegations",
                columns: new[] { "Deputy", "EndsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_EndsAt",
                table: "Delegations",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_Delegations_Leader_EndsAt",
                table: "Delegations",
                columns: new[] { "Leader", "EndsAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Delegations");

            migrationBuilder.DropColumn(
                name: "SignatureFor",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "SignatureForName",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "SubmittedBy",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "For",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "ForName",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "InstructedAt",
                table: "Crowds");

            migrationBuilder.DropColumn(
                name: "Instruction",
                table: "Crowds");
        }
    }
}
